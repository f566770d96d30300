using System.Text;
using System.Text.Json;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Runtimes;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.RunLogs;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Api.Runs;

/// <summary>A run's log as server-sent events, as it grows on whatever node, up to the run's outcome.</summary>
/// <param name="runId">Our id of the message.</param>
/// <param name="after">The offset of the last part that the caller has.</param>
/// <param name="find">Reads the message as it stands; null when it is gone.</param>
internal sealed class RunStream(Guid runId, long after, Func<Task<Message?>> find) : IResult
{
    public const string ContentType = "text/event-stream";

    // A reply that was there before it could be written down is one part.
    private const long OnlyPart = 1;

    // Many clients and proxies give up a connection that is silent for 30 s.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    // What was said last is written a moment after the run has ended.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private long _offset = after;
    private readonly StringBuilder _said = new();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        var writer = new EventWriter(httpContext.Response, gone.Token);
        try
        {
            await writer.BeginAsync();
            await TellAsync(httpContext.RequestServices, writer, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Who is cut off because this node stops comes back with the last event's id.
        }
    }

    private async Task TellAsync(IServiceProvider services, EventWriter writer, CancellationToken cancellationToken)
    {
        var (log, time) = (services.GetRequiredService<RunLogReader>(), services.GetRequiredService<TimeProvider>());
        if (_offset > 0)
        {
            _said.Append(await log.SaidAsync(runId, _offset, cancellationToken));
        }

        var ending = EndAsync(services.GetRequiredService<GatewayRuns>(), time, cancellationToken);
        var next = log.NextAsync(runId, _offset, cancellationToken);
        while (await IsMoreAsync(next, ending, writer, time, cancellationToken))
        {
            await TellAsync(await next, writer);
            next = log.NextAsync(runId, _offset, cancellationToken);
        }

        if (await ending is not { } outcome)
        {
            return;
        }

        if (outcome.Text is { } reply)
        {
            await TellRestAsync(log, next, reply, writer, time, cancellationToken);
        }

        await writer.WriteAsync("end", _offset, JsonSerializer.Serialize(RunEnd.Of(outcome), Json));
    }

    // True when there is more to tell, false when the run has ended; says meanwhile that somebody is there.
    private static async Task<bool> IsMoreAsync(Task next, Task ending, EventWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Task.WhenAny(next, ending).WaitAsync(Silence, time, cancellationToken);
                return next.IsCompleted;
            }
            catch (TimeoutException)
            {
                await writer.CommentAsync("the agent is at it");
            }
        }
    }

    private async Task TellRestAsync(RunLogReader log, Task<IReadOnlyList<RunLogEntry>> next, string reply, EventWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_offset == 0 && await log.SaidAsync(runId, long.MaxValue, cancellationToken) is null)
        {
            await TellAsync([new RunLogEntry { RunId = runId, Offset = OnlyPart, Position = 0, Text = reply }], writer);
            return;
        }

        for (var began = time.GetTimestamp(); _offset != OnlyPart && !_said.Equals(reply.AsSpan()) && time.GetElapsedTime(began) < Settles; next = log.NextAsync(runId, _offset, cancellationToken))
        {
            try
            {
                await TellAsync(await next.WaitAsync(Settles, time, cancellationToken), writer);
            }
            catch (TimeoutException)
            {
                // The end has all of it.
            }
        }
    }

    private async Task TellAsync(IReadOnlyList<RunLogEntry> parts, EventWriter writer)
    {
        foreach (var part in parts)
        {
            _offset = part.Offset;
            _said.Length = Math.Min(part.Position, _said.Length);
            _said.Append(part.Text);
            await writer.WriteAsync("delta", part.Offset, JsonSerializer.Serialize(new { part.Offset, part.Position, part.Text }, Json));
        }
    }

    // A message that was parked and goes on has another workflow.
    private async Task<RunOutcome?> EndAsync(GatewayRuns runs, TimeProvider time, CancellationToken cancellationToken)
    {
        while (await find() is { } message)
        {
            if (await runs.WaitAsync(message.WorkflowUuid, Silence, cancellationToken) && await runs.OutcomeAsync(runId, cancellationToken) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(RunLogWriter.Pace, time, cancellationToken);
        }

        return null;
    }

    /// <param name="Status"><c>delivered</c>, <c>aborted</c>, <c>dead</c>, or <c>parked</c>: it is kept, and begins later.</param>
    /// <param name="Reply">All of the reply; of an aborted run what was said; else null.</param>
    /// <param name="Reason">Why there is no reply; null where there is one.</param>
    /// <param name="Usage">What it took; null where the runtime does not know.</param>
    private sealed record RunEnd(string Status, string? Reply, string? Reason, TurnUsage? Usage)
    {
        public static RunEnd Of(RunOutcome outcome) => outcome switch
        {
            { Text: { } text } => new("delivered", text, null, outcome.Usage),
            { IsAborted: true } => new("aborted", outcome.Said?.Content, outcome.Error, null),
            { Message.State: MessageState.Parked } => new("parked", null, outcome.Error, null),
            _ => new("dead", null, outcome.Error, null),
        };
    }

    private sealed class EventWriter(HttpResponse response, CancellationToken gone)
    {
        public Task BeginAsync()
        {
            response.ContentType = ContentType;
            response.Headers.CacheControl = "no-cache";

            // nginx would gather what comes.
            response.Headers["X-Accel-Buffering"] = "no";
            return CommentAsync("what the agent says");
        }

        public Task WriteAsync(string name, long id, string data) => SendAsync($"event: {name}\nid: {id}\ndata: {data}\n\n");

        public Task CommentAsync(string text) => SendAsync($": {text}\n\n");

        private async Task SendAsync(string text)
        {
            await response.WriteAsync(text, Encoding.UTF8, gone);
            await response.Body.FlushAsync(gone);
        }
    }
}
