using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Tests.Runtimes.Support;

/// <summary>A request to a <see cref="FakeProvider"/>, and ways to answer it.</summary>
internal sealed class ModelCall(HttpContext context, Dialect dialect, JsonNode body)
{
    public HttpContext Context => context;

    /// <summary>All of the request.</summary>
    public JsonNode Body => body;

    public string Model => (string)body["model"]!;

    /// <summary>The names of what the request holds.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. body.AsObject().Select(field => field.Key)];

    public IEnumerable<string> Roles => body["messages"]!.AsArray().Select(message => (string)message!["role"]!);

    public string System => dialect.System(body);

    /// <summary>The conversation as <c>role: text</c>, without the system's.</summary>
    public IReadOnlyList<string> Messages { get; } =
        [.. body["messages"]!.AsArray().Where(message => (string)message!["role"]! != "system").Select(message => $"{message!["role"]}: {Text(message["content"]!)}")];

    /// <summary>Whether the service only asks whether the model is there.</summary>
    public bool IsRoutingCheck => Messages is ["user: Are you there?"];

    public string LastMessage => Messages[^1]["user: ".Length..];

    /// <summary>A whole answer.</summary>
    public async Task SayAsync(string text, string? finish = null, int inputTokens = 11, int outputTokens = 7)
    {
        await BeginAsync();
        await WriteAsync(dialect.Part(text));
        await WriteAsync(dialect.End(finish, inputTokens, outputTokens));
    }

    /// <summary>Part of an answer.</summary>
    public async Task BeginAsync(params string[] parts)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
            await WriteAsync(dialect.Start());
        }

        foreach (var part in parts)
        {
            await WriteAsync(dialect.Part(part));
        }
    }

    public async Task WriteAsync(string text)
    {
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }

    public async Task WriteAsync(byte[] bytes)
    {
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
    }

    public Task FailAsync(int status, object body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body);
    }

    public async Task FailAsync(int status, string message, string? code = null, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsJsonAsync(new { type = "error", error = new { message, type = code, code } });
    }

    /// <summary>Until the caller has gone.</summary>
    public Task HangAsync() => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static string Text(JsonNode content) =>
        content is JsonArray parts ? string.Concat(parts.Select(part => (string?)part!["text"])) : (string)content!;
}
