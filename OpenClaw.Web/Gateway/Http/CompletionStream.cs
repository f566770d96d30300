using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>An answer as server-sent events, while it grows. What the runtime did not say piece by piece comes as one.</summary>
/// <param name="run">The run's id, and the completion's.</param>
/// <param name="request">What the caller wants.</param>
/// <param name="created">When it was begun.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="begin">Begins the run.</param>
internal sealed class CompletionStream(string run, CompletionRequest request, DateTimeOffset created, TimeSpan limit, Func<Task<AcceptedMessage>> begin) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var feed = httpContext.RequestServices.GetRequiredService<RunFeed>();
        var growth = Channel.CreateUnbounded<ReplyGrowth>();
        feed.Grew += Hear;
        try
        {
            await WriteAsync(httpContext, feed, await begin(), growth);
        }
        catch (GatewayException refusal)
        {
            await ModelEndpoints.Refused(refusal).ExecuteAsync(httpContext);
        }
        finally
        {
            feed.Grew -= Hear;
        }

        void Hear(ReplyGrowth part)
        {
            if (part.RunId == run)
            {
                growth.Writer.TryWrite(part);
            }
        }
    }

    private async Task WriteAsync(HttpContext context, RunFeed feed, AcceptedMessage accepted, Channel<ReplyGrowth> growth)
    {
        var ending = EndAsync(context, feed, accepted, growth.Writer);
        var told = new StreamedRun();
        if (accepted.WasKnown)
        {
            // Whoever comes back is told what was said meanwhile, on whatever node that was. It is written in a moment.
            await Task.WhenAny(ending, WrittenAsync(context));
            if (!ending.IsCompleted)
            {
                await CatchUpAsync(context, accepted, told);
                await TellNewAsync(context, told);
            }
        }

        while (await IsMoreAsync(context, growth.Reader))
        {
            while (growth.Reader.TryRead(out var part))
            {
                if (part.Position > told.Length)
                {
                    // A part between was not heard.
                    await WrittenAsync(context);
                    await CatchUpAsync(context, accepted, told);
                }

                Follow(told, part.Position, part.Delta);
            }

            await TellNewAsync(context, told);
        }

        var outcome = await ending;
        if (outcome?.Text is not { } reply)
        {
            await FailAsync(context, outcome?.Error ?? ModelEndpoints.NotInTime);
            return;
        }

        if (told.Complete(reply) is { } rest)
        {
            await TellAsync(context, rest);
        }

        await WriteAsync(context, new { }, request.FinishOf(outcome.Usage));
        if (request.StreamUsage && outcome.Usage is { } usage)
        {
            await WriteAsync(context, Chunk([], ModelEndpoints.UsageOf(usage)));
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static Task WrittenAsync(HttpContext context) => Task.Delay(RunFeed.WrittenAfter, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);

    private static async Task CatchUpAsync(HttpContext context, AcceptedMessage accepted, StreamedRun told) =>
        Follow(told, position: 0, await context.RequestServices.GetRequiredService<ConversationStore>().SaidSoFarAsync(accepted.MessageId, context.RequestAborted));

    // A stream of this kind cannot take anything back: of a reply that is begun anew, what follows on is told.
    private static void Follow(StreamedRun told, int position, string said)
    {
        var known = told.Length - position;
        if (known >= 0 && known < said.Length)
        {
            told.Append(said[known..]);
        }
    }

    private async Task TellNewAsync(HttpContext context, StreamedRun told)
    {
        if (told.Take() is { } delta)
        {
            await TellAsync(context, delta);
        }
    }

    // Says meanwhile that the agent is at it, with a comment, which clients pass over.
    private static async Task<bool> IsMoreAsync(HttpContext context, ChannelReader<ReplyGrowth> growth)
    {
        var (time, limits) = (context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestServices.GetRequiredService<GatewayLimits>());
        var more = growth.WaitToReadAsync(context.RequestAborted).AsTask();
        while (true)
        {
            try
            {
                return await more.WaitAsync(limits.StreamSilence, time, context.RequestAborted);
            }
            catch (TimeoutException)
            {
                Begin(context);
                await context.Response.WriteAsync(": the agent is at it\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }

    private async Task<RunOutcome?> EndAsync(HttpContext context, RunFeed feed, AcceptedMessage accepted, ChannelWriter<ReplyGrowth> growth)
    {
        try
        {
            var runs = context.RequestServices.GetRequiredService<GatewayRuns>();
            return await runs.WaitAsync(accepted, limit, context.RequestAborted) ? await feed.EndedAsync(accepted.MessageId) : null;
        }
        finally
        {
            growth.Complete();
        }
    }

    private Task TellAsync(HttpContext context, TextDelta delta) => WriteAsync(context, new { role = "assistant", content = delta.Delta }, finish: null);

    private Task WriteAsync(HttpContext context, object delta, string? finish) =>
        WriteAsync(context, Chunk([new { index = 0, delta, finish_reason = finish }], usage: null));

    private Dictionary<string, object?> Chunk(object[] choices, object? usage)
    {
        var chunk = new Dictionary<string, object?>
        {
            ["id"] = run,
            ["object"] = "chat.completion.chunk",
            ["created"] = created.ToUnixTimeSeconds(),
            ["model"] = request.Model,
            ["choices"] = choices,
        };
        if (request.StreamUsage)
        {
            chunk["usage"] = usage;
        }

        return chunk;
    }

    private static async Task FailAsync(HttpContext context, string error)
    {
        if (context.Response.HasStarted)
        {
            await WriteAsync(context, new { error = new { message = error, type = "api_error" } });
        }
        else
        {
            await ModelEndpoints.Error(StatusCodes.Status503ServiceUnavailable, error, "api_error").ExecuteAsync(context);
        }
    }

    private static async Task WriteAsync(HttpContext context, object data)
    {
        Begin(context);
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(data)}\n\n", Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static void Begin(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";

        // nginx would gather what comes, and the pulse with it.
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }
}
