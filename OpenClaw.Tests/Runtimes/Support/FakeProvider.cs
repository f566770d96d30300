using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;

namespace OpenClaw.Tests.Runtimes.Support;

/// <summary>An HTTP server on loopback that stands for a provider of models, and answers as a test says.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Func<ModelCall, Task> _answer = call => call.SayAsync($"You said: {call.LastMessage}");

    private FakeProvider(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Its own list of its models, and with which status it answers.</summary>
    public (int Status, string Document) List { get; set; } = (200, """{"data":[{"id":"some-model"},{"id":"another"}]}""");

    /// <summary>What it was asked for agents, in order. The service's routing check is not among it: that comes at every fifth minute, whatever a test does.</summary>
    public ConcurrentQueue<ModelCall> Calls { get; } = new();

    public void Answer(Func<ModelCall, Task> answer) => _answer = answer;

    /// <summary>One after the other, the last one for all that follow.</summary>
    public void Answer(params Func<ModelCall, Task>[] answers)
    {
        var next = -1;
        _answer = call => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](call);
    }

    public static async Task<FakeProvider> StartAsync()
    {
        var app = LocalServer.Build();
        var provider = new FakeProvider(app);
        app.MapPost("/v1/chat/completions", context => provider.ServeAsync(context, Dialect.OpenAi));
        app.MapGet("/v1/models", context =>
        {
            context.Response.StatusCode = provider.List.Status;
            return context.Response.WriteAsync(provider.List.Document);
        });
        app.MapPost("/v1/messages", context => provider.ServeAsync(context, Dialect.Anthropic));
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context, Dialect dialect)
    {
        var call = new ModelCall(context, dialect, (await JsonNode.ParseAsync(context.Request.Body))!);
        if (call.IsRoutingCheck)
        {
            // It comes when it likes, and is to change no test's figures.
            await call.SayAsync("Yes.", finish: null, inputTokens: 0, outputTokens: 0);
            return;
        }

        Calls.Enqueue(call);
        await _answer(call);
    }
}
