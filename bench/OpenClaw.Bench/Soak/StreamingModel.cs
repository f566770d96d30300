using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Bench.Soak;

/// <summary>An OpenAI-compatible endpoint that answers each question with the same words, one part after the other for as long as is asked for.</summary>
internal sealed class StreamingModel : IAsyncDisposable
{
    /// <summary>Tokens of each question.</summary>
    public const int InputTokens = 10;

    private static readonly TimeSpan BetweenParts = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly int _parts;
    private int _asked;
    private int _answered;
    private int _waiting;

    private StreamingModel(WebApplication app, TimeSpan duration)
    {
        (_app, _parts) = (app, Math.Max(1, (int)(duration / BetweenParts)));
        app.Run(AnswerAsync);
    }

    /// <summary>Tokens of each answer.</summary>
    public int OutputTokens => _parts;

    /// <summary>Questions that are being answered.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>To the end.</summary>
    public int Answered => Volatile.Read(ref _answered);

    public Uri Address => new(_app.Urls.Single() + "/v1");

    public static async Task<StreamingModel> StartAsync(TimeSpan duration)
    {
        var model = new StreamingModel(LocalServer.Build(), duration);
        await model._app.StartAsync();
        return model;
    }

    /// <summary>What it answers to a question.</summary>
    public string AnswerTo(string question) => string.Concat(Enumerable.Range(1, _parts).Select(part => Part(question, part)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Part(string question, int part) => $"Part {part} for {question}. ";

    private async Task AnswerAsync(HttpContext context)
    {
        var asked = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var question = asked.RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        Interlocked.Increment(ref _asked);
        Interlocked.Increment(ref _waiting);
        try
        {
            context.Response.ContentType = "text/event-stream";
            for (var part = 1; part <= _parts; part++)
            {
                await TellAsync(new { choices = new[] { new { index = 0, delta = new { content = Part(question, part) } } } });
                await Task.Delay(BetweenParts, context.RequestAborted);
            }

            await TellAsync(new { choices = new[] { new { index = 0, delta = new { }, finish_reason = "stop" } } });
            await TellAsync(new { choices = Array.Empty<object>(), usage = new { prompt_tokens = InputTokens, completion_tokens = _parts } });
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
            Interlocked.Increment(ref _answered);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked was killed.
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        async Task TellAsync(object chunk)
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(chunk)}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
