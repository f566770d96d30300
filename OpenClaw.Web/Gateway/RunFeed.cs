using System.Collections.Concurrent;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Web.Gateway;

/// <summary>Tells readers of the course of runs: of those that this node runs, whoever began them, and of those that its clients wait for.</summary>
internal sealed partial class RunFeed(GatewayHub hub, GatewayRuns runs, ILogger<RunFeed> logger) : IWorkflowObserver
{
    // Long enough for everyone who waits for a run to come by; then it is forgotten.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Lazy<Task<RunOutcome?>>> _ended = new();

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is not (StepMoment.Succeeded or StepMoment.Ended) || claim.WorkflowName != RouteMessageWorkflow.Name)
            return;

        var messageId = Jobs.Workflows.WorkflowJson.Read<RouteMessageRequest>(claim.Request).MessageId;
        EndedHere?.Invoke(messageId);
        if (hub.IsAnyoneThere)
            Heard(messageId);
    }

    /// <summary>A run has ended on this node.</summary>
    public event Action<Guid>? EndedHere;

    /// <summary>Tells of the end of a run, wherever it was.</summary>
    public void Heard(Guid messageId) => _ = TellAsync(messageId);

    /// <summary>Stores the message, starts its delivery, and tells that a run has begun.</summary>
    /// <exception cref="GatewayException">The agent takes none now.</exception>
    public async Task<AcceptedMessage> BeginAsync(string runId, RunTarget target, string text, Caller caller, CancellationToken cancellationToken)
    {
        var accepted = await runs.AcceptAsync(runId, target, text, caller, cancellationToken);
        Started(runId, target);
        return accepted;
    }

    /// <summary>Tells that a run has begun.</summary>
    public void Started(string runId, RunTarget target) => hub.TellReaders(
        "agent",
        new AgentEvent(runId, 1, "lifecycle", Now(), ProtocolJson.Element(new LifecycleData("start", StartedAt: Now())), target.SessionKey, Jobs.Agents.AgentNames.Of(target.Agent)));

    /// <summary>Tells how a run has ended, unless it was told already; returns when it has been.</summary>
    public async Task<RunOutcome?> EndedAsync(Guid messageId)
    {
        var told = _ended.GetOrAdd(messageId, id => new Lazy<Task<RunOutcome?>>(() => TellEndAsync(id)));
        var outcome = await told.Value;
        if (outcome is null)
            _ended.TryRemove(messageId, out _);

        return outcome;
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

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
    }

    private async Task<RunOutcome?> TellEndAsync(Guid messageId)
    {
        if (await runs.OutcomeAsync(messageId, CancellationToken.None) is not { } outcome)
            return null;

        var session = outcome.Message.SessionKey!;
        Tell(outcome, session, Jobs.Agents.AgentNames.OfSession(session));
        _ = Task.Delay(Remembered).ContinueWith(_ => _ended.TryRemove(messageId, out var _), TaskScheduler.Default);
        return outcome;
    }

    private void Tell(RunOutcome outcome, string sessionKey, string agentId)
    {
        var (run, message, ended) = (outcome.RunId, outcome.Message, outcome.EndedAt.ToUnixTimeMilliseconds());
        if (outcome.Text is not { } text)
        {
            Agent(2, "lifecycle", new LifecycleData("error", message.CreatedAt.ToUnixTimeMilliseconds(), ended, Aborted: false, Error: outcome.Error));
            hub.TellReaders("chat", new ChatEvent(run, sessionKey, agentId, 2, "error", ErrorMessage: outcome.Error));
            return;
        }

        var said = new ChatMessage("assistant", [new TextPart(text)], ended);
        Agent(2, "assistant", new AssistantData(text, text));
        hub.TellReaders("chat", new ChatEvent(run, sessionKey, agentId, 2, "delta", DeltaText: text, Message: said));
        Agent(3, "lifecycle", new LifecycleData("end", message.CreatedAt.ToUnixTimeMilliseconds(), ended, Aborted: false, StopReason: "stop"));
        hub.TellReaders("chat", new ChatEvent(run, sessionKey, agentId, 3, "final", Message: said, StopReason: "stop"));
        hub.TellFollowers("session.message", sessionKey, new SessionMessage(sessionKey, agentId, ChatOf(message)));
        hub.TellFollowers("session.message", sessionKey, new SessionMessage(sessionKey, agentId, said));

        void Agent<T>(int seq, string stream, T data) =>
            hub.TellReaders("agent", new AgentEvent(run, seq, stream, ended, ProtocolJson.Element(data), sessionKey, agentId));
    }

    /// <summary>A message as conversations show it.</summary>
    public static ChatMessage ChatOf(Message message) => new(
        message.Sender.StartsWith("agent:", StringComparison.Ordinal) ? "assistant" : "user",
        [new TextPart(message.Content)],
        message.CreatedAt.ToUnixTimeMilliseconds(),
        new MessageMark(message.Id.ToString(), message.Sequence));

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The end of run {MessageId} could not be told.")]
    private static partial void LogFailed(ILogger logger, Guid messageId, Exception exception);
}
