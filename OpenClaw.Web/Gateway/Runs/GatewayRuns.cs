using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>
/// Turns of agents as clients know them. A run is a message of ours: it is stored with its workflow before anybody is told
/// that it was accepted, and the client's idempotency key is both its run id and our message id.
/// </summary>
internal sealed class GatewayRuns(AgentService agents, AgentQueries queries, ConversationStore sessions, RuntimeCatalog runtimes, ReplyDelivery delivery, WorkflowCompletions completions, TimeProvider time)
{
    /// <summary>From whom messages come that clients of the gateway send.</summary>
    public const string Sender = "gateway";

    private const int MaxKey = 255;

    /// <summary>The run with this id; null when there is none.</summary>
    public Task<Message?> FindAsync(string runId, Caller caller, CancellationToken cancellationToken) =>
        sessions.FindMessageAsync(Sender, runId, caller, cancellationToken);

    /// <summary>The run with this id, which says the same to the same agent; null when there is none.</summary>
    /// <exception cref="GatewayException">The id was used for another run.</exception>
    public async Task<Message?> FindAsync(string runId, RunTarget target, RunInput input, Caller caller, CancellationToken cancellationToken) =>
        await FindAsync(runId, caller, cancellationToken) is not { } known ? null
        : MessageOf(runId, target, input).Repeats(known, target.Agent) ? known
        : throw GatewayException.Of(new Refusal.IdReused(runId));

    /// <summary>Stores the message and starts its delivery, unless the run is known already.</summary>
    /// <exception cref="GatewayException">The agent takes none now, or not what comes with it, or the id was used for another run.</exception>
    public async Task<AcceptedMessage> AcceptAsync(string runId, RunTarget target, RunInput input, Caller caller, CancellationToken cancellationToken)
    {
        if (runId.Length > MaxKey)
        {
            throw GatewayException.Invalid($"idempotencyKey may have up to {MaxKey} characters");
        }

        if (target.Agent.Status is not AgentStatus.Running && await FindAsync(runId, target, input, caller, cancellationToken) is { } known)
        {
            return new AcceptedMessage(target.Agent.Id, known.Id, known.WorkflowUuid, WasKnown: true);
        }

        if (input.Context is { } context && (context.Model ?? target.Agent.Model) is var model && runtimes.Find(model) is { } runtime && context.WhyNotFor(runtime, model) is { } reason)
        {
            throw GatewayException.Invalid(reason, "NOT_TAKEN_BY_MODEL");
        }

        delivery.Require(input.DeliverTo);
        if (target.Agent.Status is not AgentStatus.Running)
        {
            throw GatewayException.Unavailable($"Agent \"{AgentLookup.Of(target.Agent)}\" is {EnumText.ToLower(target.Agent.Status)}.", $"AGENT_{EnumText.ToUpper(target.Agent.Status)}");
        }

        return (await agents.SendMessageAsync(target.Agent.Id, MessageOf(runId, target, input), caller, key: null, cancellationToken)).OrThrow();
    }

    /// <summary>Keeps a run that the gateway answers itself.</summary>
    public Task AnswerAsync(string runId, RunTarget target, RunInput input, string answer, CancellationToken cancellationToken) =>
        runId.Length <= MaxKey ? sessions.AnswerAsync(target.Agent, MessageOf(runId, target, input), answer, cancellationToken)
        : throw GatewayException.Invalid($"idempotencyKey may have up to {MaxKey} characters");

    private static NewMessage MessageOf(string runId, RunTarget target, RunInput input) =>
        new(runId, Sender, input.Text, input.Metadata, target.SessionKey) { Context = input.Context, Timeout = input.Timeout, QueueMode = input.QueueMode };

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
        var said = reply is not null && BrokenOffReply.RunOf(reply) is not null ? reply : null;
        if (reply is not null && said is null)
        {
            return OutcomeOf(new(message, reply));
        }

        if (message.State is not (MessageState.Parked or MessageState.Dead))
        {
            return null;
        }

        var isAborted = message.State is MessageState.Dead && await IsCancelledAsync(message, said, cancellationToken);
        return new RunOutcome(message, Text: null, message.StateReason ?? "The message was not delivered.", said?.CreatedAt ?? time.GetUtcNow())
        {
            IsAborted = isAborted,
            Said = isAborted ? said : null,
        };
    }

    /// <summary>How a run has ended that was answered.</summary>
    public static RunOutcome OutcomeOf(StoredReplies.Exchange answered) =>
        new(answered.Message, answered.Reply.Content, Error: null, answered.Reply.CreatedAt, UsageOf(answered.Reply), answered.Reply);

    // When its workflow is kept no more, what it had said still tells.
    private async Task<bool> IsCancelledAsync(Message message, Message? said, CancellationToken cancellationToken) =>
        message.WorkflowUuid is { } workflow && await queries.StatusOfAsync(workflow, cancellationToken) is { } status ? status is WorkflowStatus.Cancelled : said is not null;

    private static TurnUsage? UsageOf(Message reply) => WorkflowJson.Read<ReplyMetadata>(reply.Metadata).Usage;

    private sealed record ReplyMetadata(TurnUsage? Usage);
}

/// <summary>What came of a run.</summary>
/// <param name="Message">What the agent was told.</param>
/// <param name="Text">What it said; null when it said nothing.</param>
/// <param name="Error">Why it said nothing.</param>
/// <param name="EndedAt">When.</param>
/// <param name="Usage">What it took; null where the runtime does not know.</param>
/// <param name="Reply">What it said, as it is kept.</param>
internal sealed record RunOutcome(Message Message, string? Text, string? Error, DateTimeOffset EndedAt, TurnUsage? Usage = null, Message? Reply = null)
{
    /// <summary>Why an aborted run has stopped, in the protocol's words.</summary>
    public const string AbortedByCaller = "rpc";

    public string RunId => Message.MessageId;

    /// <summary>Somebody cancelled it.</summary>
    public bool IsAborted { get; init; }

    /// <summary>What the agent had said by then; null for nothing.</summary>
    public Message? Said { get; init; }

    public long DurationMs => (long)Math.Max(0, (EndedAt - Message.CreatedAt).TotalMilliseconds);
}
