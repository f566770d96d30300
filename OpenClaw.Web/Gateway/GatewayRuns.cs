using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messaging;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Web.Gateway;

/// <summary>
/// Turns of agents as clients know them. A run is a message of ours: it is stored with its workflow before anybody is told
/// that it was accepted, and the client's idempotency key is both its run id and our message id.
/// </summary>
internal sealed class GatewayRuns(AgentService agents, AgentQueries queries, Sessions sessions, WorkflowCompletions completions)
{
    /// <summary>From whom messages come that clients of the gateway send.</summary>
    public const string Sender = "gateway";

    private const int MaxKey = 255;

    /// <summary>The run with this id; null when there is none.</summary>
    public Task<Message?> FindAsync(string runId, Caller caller, CancellationToken cancellationToken) =>
        sessions.FindMessageAsync(Sender, runId, caller, cancellationToken);

    /// <summary>Stores the message and starts its delivery, unless the run is known already.</summary>
    /// <exception cref="GatewayException">The agent takes none now.</exception>
    public async Task<AcceptedMessage> AcceptAsync(string runId, RunTarget target, string text, Caller caller, CancellationToken cancellationToken)
    {
        if (runId.Length > MaxKey)
            throw GatewayException.Invalid($"idempotencyKey may have up to {MaxKey} characters");
        if (target.Agent.Status is not AgentStatus.Running && await FindAsync(runId, caller, cancellationToken) is { } known)
            return new AcceptedMessage(target.Agent.Id, known.Id, known.WorkflowUuid, WasKnown: true);
        if (target.Agent.Status is not AgentStatus.Running)
            throw GatewayException.Unavailable($"Agent \"{AgentNames.Of(target.Agent)}\" is {EnumText.ToLower(target.Agent.Status)}.", $"AGENT_{EnumText.ToUpper(target.Agent.Status)}");

        var message = new NewMessage(runId, Sender, text, Metadata: null, target.SessionKey);
        return (await agents.SendMessageAsync(target.Agent.Id, message, caller, key: null, cancellationToken)).OrThrow();
    }

    /// <summary>Whether the run that was just accepted has ended within the time.</summary>
    public Task<bool> WaitAsync(AcceptedMessage accepted, TimeSpan timeout, CancellationToken cancellationToken) =>
        WaitAsync(accepted.WorkflowUuid, timeout, isNew: !accepted.WasKnown, cancellationToken);

    /// <summary>Whether the run has ended within the time.</summary>
    public Task<bool> WaitAsync(Guid? workflow, TimeSpan timeout, CancellationToken cancellationToken) => WaitAsync(workflow, timeout, isNew: false, cancellationToken);

    private async Task<bool> WaitAsync(Guid? workflow, TimeSpan timeout, bool isNew, CancellationToken cancellationToken) =>
        workflow is not { } uuid || await completions.WaitAsync(uuid, timeout, isNew, cancellationToken) is not (WorkflowStatus.Enqueued or WorkflowStatus.Pending);

    /// <summary>How the run has ended; null while it is under way.</summary>
    public async Task<RunOutcome?> OutcomeAsync(Guid messageId, CancellationToken cancellationToken)
    {
        var (message, reply) = await queries.ExchangeAsync(messageId, cancellationToken);
        if (reply is not null)
            return new RunOutcome(message, reply.Content, Error: null, reply.CreatedAt, UsageOf(reply));

        return message.State is MessageState.Parked or MessageState.Dead
            ? new RunOutcome(message, Text: null, message.StateReason ?? "The message was not delivered.", DateTimeOffset.UtcNow)
            : null;
    }

    private static TurnUsage? UsageOf(Message reply) => WorkflowJson.Read<ReplyMetadata>(reply.Metadata).Usage;

    private sealed record ReplyMetadata(TurnUsage? Usage);
}

/// <summary>What came of a run.</summary>
/// <param name="Message">What the agent was told.</param>
/// <param name="Text">What it said; null when it said nothing.</param>
/// <param name="Error">Why it said nothing.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Usage">What it took; null where the runtime does not know.</param>
internal sealed record RunOutcome(Message Message, string? Text, string? Error, DateTimeOffset EndedAt, TurnUsage? Usage = null)
{
    public string RunId => Message.MessageId;

    public long DurationMs => (long)Math.Max(0, (EndedAt - Message.CreatedAt).TotalMilliseconds);
}
