using System.Collections.Concurrent;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.RunLogs;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Schedules;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>Tells readers of the course of runs: of those that this node runs, whoever began them, and of those that its clients wait for.</summary>
internal sealed partial class RunFeed(GatewayHub hub, GatewayRuns runs, ConversationStore sessions, CronFeed cron, LiveReplies replies, StoredReplies stored, TimeProvider time, ILogger<RunFeed> logger) : IWorkflowObserver, IHostedService
{
    // The official terminal waits for ever for a run of whose end it hears in the same breath as that it was accepted.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(150);

    // Long enough for everyone who waits for a run to come by; then it is forgotten.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // By then what was heard is written, too.
    internal static readonly TimeSpan WrittenAfter = 3 * RunLogWriter.Pace;

    // A run that has said nothing for so long has ended, on a node whose word of it was lost.
    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Lazy<Task<RunOutcome?>>> _ended = new();
    private readonly ConcurrentDictionary<Guid, StreamedRun> _told = new();
    private long _lookedAt = time.GetTimestamp();

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is not (StepMoment.Succeeded or StepMoment.Ended) || claim.WorkflowName != RouteMessageWorkflow.Name)
        {
            return;
        }

        var messageId = Jobs.Engine.WorkflowJson.Read<RouteMessageRequest>(claim.Request).MessageId;
        EndedHere?.Invoke(messageId);
        Heard(messageId);
    }

    /// <summary>A run has ended on this node.</summary>
    public event Action<Guid>? EndedHere;

    /// <summary>The reply of a run has grown, wherever that was.</summary>
    public event Action<ReplyGrowth>? Grew;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        replies.Grew += Heard;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        replies.Grew -= Heard;
        return Task.CompletedTask;
    }

    /// <summary>Tells of the end of a run, wherever it was.</summary>
    public void Heard(Guid messageId)
    {
        if (hub.IsAnyoneThere)
        {
            _ = TellAsync(messageId);
        }
        else
        {
            _told.TryRemove(messageId, out _);
            stored.TryTake(messageId, out _);
        }
    }

    /// <summary>Tells what a run has said so far, wherever it is.</summary>
    public void Heard(ReplyGrowth growth)
    {
        Grew?.Invoke(growth);
        if (!hub.IsAnyoneThere || _ended.ContainsKey(growth.MessageId))
        {
            return;
        }

        ForgetSilent();
        var told = _told.GetOrAdd(growth.MessageId, _ => new StreamedRun { HeardAt = time.GetTimestamp() });
        lock (told)
        {
            told.HeardAt = time.GetTimestamp();
            if (told.Add(growth) && !told.IsDue)
            {
                var left = told.SentAt is { } at ? told.Pace - time.GetElapsedTime(at) : TimeSpan.Zero;
                if (left <= TimeSpan.Zero)
                {
                    TellNew(growth, told);
                    return;
                }

                told.IsDue = true;
                _ = Task.Delay(left, time).ContinueWith(_ => TellDue(growth, told), TaskScheduler.Default);
            }
            else if (told.FallsBehind(growth))
            {
                _ = CatchUpAsync(growth, told);
            }
        }
    }

    /// <summary>Stores the message, starts its delivery, and tells that a run has begun.</summary>
    /// <exception cref="GatewayException">The agent takes none now.</exception>
    public async Task<AcceptedMessage> BeginAsync(string runId, RunTarget target, RunInput input, Caller caller, CancellationToken cancellationToken)
    {
        var accepted = await runs.AcceptAsync(runId, target, input, caller, cancellationToken);
        if (!accepted.WasKnown)
        {
            Started(runId, target);
        }

        return accepted;
    }

    /// <summary>Tells that a run has begun.</summary>
    public void Started(string runId, RunTarget target) => hub.TellReaders(
        Audience.Of(target.Agent),
        "agent",
        new AgentEvent(runId, 1, "lifecycle", Now(), ProtocolJson.Element(new LifecycleData("start", StartedAt: Now())), target.SessionKey, Jobs.Agents.AgentLookup.Of(target.Agent)));

    /// <summary>Tells of a run that the gateway has answered itself, a moment after it was asked.</summary>
    public async Task AnsweredAsync(string runId, RunTarget target, string text)
    {
        await Task.Delay(Breath, time);
        Started(runId, target);
        var (agentId, now) = (Jobs.Agents.AgentLookup.Of(target.Agent), Now());
        Tell(Audience.Of(target.Agent), runId, target.SessionKey, new TextDelta(2, text, text, Replace: null), now);
        hub.TellReaders(Audience.Of(target.Agent), "agent", new AgentEvent(runId, 3, "lifecycle", now, ProtocolJson.Element(new LifecycleData("end", now, now, Aborted: false, StopReason: "stop")), target.SessionKey, agentId));
        hub.TellReaders(Audience.Of(target.Agent), "chat", new ChatEvent(runId, target.SessionKey, agentId, 3, "final", Message: new ChatMessage("assistant", [new TextPart(text)], now), StopReason: "stop"));
    }

    /// <summary>Tells how a run has ended, unless it was told already; returns when it has been.</summary>
    public async Task<RunOutcome?> EndedAsync(Guid messageId)
    {
        var told = _ended.GetOrAdd(messageId, id => new Lazy<Task<RunOutcome?>>(() => TellEndAsync(id)));
        var outcome = await told.Value;
        if (outcome is null)
        {
            _ended.TryRemove(messageId, out _);
        }

        return outcome;
    }

    /// <summary>What a run has said so far, as far as this node has heard; empty for nothing.</summary>
    public string SaidSoFar(Guid messageId)
    {
        if (!_told.TryGetValue(messageId, out var told))
        {
            return "";
        }

        lock (told)
        {
            return told.Text;
        }
    }

    /// <summary>Tells everywhere that a run was ended which nobody had begun; of one that is under way its own end tells.</summary>
    public async Task CancelledAsync(Guid messageId)
    {
        if (await EndedAsync(messageId) is not null)
        {
            EndedHere?.Invoke(messageId);
        }
    }

    /// <summary>Runs that are remembered because their end is still to come.</summary>
    internal int Remembering => _told.Count;

    // Once a minute at most, by who comes by.
    private void ForgetSilent()
    {
        var (now, lookedAt) = (time.GetTimestamp(), Interlocked.Read(ref _lookedAt));
        if (time.GetElapsedTime(lookedAt, now) < Remembered || Interlocked.CompareExchange(ref _lookedAt, now, lookedAt) != lookedAt)
        {
            return;
        }

        foreach (var (messageId, told) in _told)
        {
            lock (told)
            {
                if (time.GetElapsedTime(told.HeardAt, now) > Silence)
                {
                    _told.TryRemove(new(messageId, told));
                }
            }
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task TellAsync(Guid messageId)
    {
        try
        {
            await EndedAsync(messageId);
        }
        catch (Exception exception)
        {
            LogFailed(logger, messageId, exception);
        }
        finally
        {
            // It was told before, by who did not know that the run would end once more.
            stored.TryTake(messageId, out _);
        }
    }

    private async Task<RunOutcome?> TellEndAsync(Guid messageId)
    {
        if ((stored.TryTake(messageId, out var exchange) ? GatewayRuns.OutcomeOf(exchange) : await runs.OutcomeAsync(messageId, CancellationToken.None)) is not { } outcome)
        {
            return null;
        }

        var told = _told.TryRemove(messageId, out var begun) ? begun : new StreamedRun();
        lock (told)
        {
            Tell(outcome, told, outcome.Message.SessionKey!);
        }

        cron.Ended(outcome);
        _ = Task.Delay(Remembered, time).ContinueWith(_ => _ended.TryRemove(messageId, out var _), TaskScheduler.Default);
        return outcome;
    }

    // Of a run that was under way when this node came, or of which a part was not heard.
    private async Task CatchUpAsync(ReplyGrowth growth, StreamedRun told)
    {
        var said = "";
        try
        {
            await Task.Delay(WrittenAfter, time);
            said = await sessions.SaidSoFarAsync(growth.MessageId, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            // The end tells all of it.
        }

        lock (told)
        {
            told.CatchUp(said);
            if (_told.TryGetValue(growth.MessageId, out var current) && current == told)
            {
                TellNew(growth, told);
            }
        }
    }

    private void TellDue(ReplyGrowth growth, StreamedRun told)
    {
        lock (told)
        {
            // Of one that has ended meanwhile its end has told.
            told.IsDue = false;
            if (_told.TryGetValue(growth.MessageId, out var current) && current == told)
            {
                TellNew(growth, told);
            }
        }
    }

    private void TellNew(ReplyGrowth growth, StreamedRun told)
    {
        if (told.Take() is { } delta)
        {
            told.SentAt = time.GetTimestamp();
            Tell(Audience.Of(growth), growth.RunId, growth.SessionKey, delta, Now());
        }
    }

    /// <summary>A message as conversations show it.</summary>
    /// <param name="message">What was said.</param>
    /// <param name="run">Of a reply: whose; null where that is not known.</param>
    public static ChatMessage ChatOf(Message message, string? run = null)
    {
        var (content, at, mark) = (new[] { new TextPart(message.Content) }, message.CreatedAt.ToUnixTimeMilliseconds(), new MessageMark(message.Id.ToString(), message.Sequence, run));
        var abort = BrokenOffReply.RunOf(message) is { } aborted ? new AbortMark(aborted, RunOutcome.AbortedByCaller) : null;
        return message.Sender.StartsWith("agent:", StringComparison.Ordinal)
            ? new("assistant", content, at, mark, OpenclawAbort: abort)
            : new("user", content, at, mark with { RunId = null }, $"{message.MessageId}:user");
    }

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The end of run {MessageId} could not be told.")]
    private static partial void LogFailed(ILogger logger, Guid messageId, Exception exception);
}
