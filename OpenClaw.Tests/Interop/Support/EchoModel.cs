using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>
/// Stands for the model behind the real gateway, by OpenAI's protocol. It says what stands in double brackets in the
/// conversation's last message that has any, as models go on with a turn that was interrupted; to a heartbeat it says that
/// all is well.
/// </summary>
internal sealed partial class EchoModel : IAsyncDisposable
{
    /// <summary>In a message: half a second a word.</summary>
    public const string Slowly = "slowly";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _finished = new();

    private EchoModel(WebApplication app) => _app = app;

    /// <summary>What it has said to the end.</summary>
    public IEnumerable<string> Finished => _finished;

    public static async Task<EchoModel> StartAsync(int port)
    {
        var app = LocalServer.Build(port);
        var model = new EchoModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        app.MapGet("/v1/models", () => new { @object = "list", data = new[] { new { id = "echo-1", @object = "model" } } });
        await app.StartAsync();
        return model;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body))!;
        var asked = request["messages"]!.AsArray().Where(message => (string?)message!["role"] == "user").Select(message => TextOf(message!["content"])).ToList();
        var told = asked.LastOrDefault(text => Quoted().IsMatch(text)) ?? "";
        var reply = asked.Any(text => text.Contains("This is your heartbeat", StringComparison.Ordinal)) ? "HEARTBEAT_OK" : Quoted().Match(told) is { Success: true } quoted ? quoted.Groups["text"].Value : "nothing";
        context.Response.ContentType = "text/event-stream";
        await SayAsync(new { role = "assistant", content = "" }, finish: null);
        foreach (var word in Words().Matches(reply).Select(match => match.Value))
        {
            await SayAsync(new { content = word }, finish: null);
            await Task.Delay(told.Contains(Slowly, StringComparison.Ordinal) ? 500 : 20, context.RequestAborted);
        }

        await SayAsync(new { }, "stop");
        await context.Response.WriteAsync("""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"echo-1","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""" + "\n\ndata: [DONE]\n\n");
        _finished.Enqueue(reply);

        async Task SayAsync(object delta, string? finish)
        {
            var chunk = new { id = "c", @object = "chat.completion.chunk", created = 1, model = "echo-1", choices = new[] { new { index = 0, delta, finish_reason = finish } } };
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        null => "",
        _ => (string)content!,
    };

    [GeneratedRegex(@"\[\[(?<text>[^\]]*)\]\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\S+\s*")]
    private static partial Regex Words();
}
