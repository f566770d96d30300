using System.Text.Json;
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
internal sealed class GatewayRuns(AgentService agents, AgentQueries queries, Sessions sessions, RuntimeCatalog runtimes, WorkflowCompletions completions)
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
            throw GatewayException.Invalid($"idempotencyKey may have up to {MaxKey} characters");
        if (target.Agent.Status is not AgentStatus.Running && await FindAsync(runId, target, input, caller, cancellationToken) is { } known)
            return new AcceptedMessage(target.Agent.Id, known.Id, known.WorkflowUuid, WasKnown: true);
        if (input.Context is { } context && (context.Model ?? target.Agent.Model) is var model && runtimes.Find(model) is { } runtime && context.WhyNotFor(runtime, model) is { } reason)
            throw GatewayException.Invalid(reason, "NOT_TAKEN_BY_MODEL");
        if (target.Agent.Status is not AgentStatus.Running)
            throw GatewayException.Unavailable($"Agent \"{AgentNames.Of(target.Agent)}\" is {EnumText.ToLower(target.Agent.Status)}.", $"AGENT_{EnumText.ToUpper(target.Agent.Status)}");

        return (await agents.SendMessageAsync(target.Agent.Id, MessageOf(runId, target, input), caller, key: null, cancellationToken)).OrThrow();
    }

    private static NewMessage MessageOf(string runId, RunTarget target, RunInput input) =>
        new(runId, Sender, input.Text, input.Metadata, target.SessionKey) { Context = input.Context };

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
            return new RunOutcome(message, reply.Content, Error: null, reply.CreatedAt, UsageOf(reply), reply);

        return message.State is MessageState.Parked or MessageState.Dead
            ? new RunOutcome(message, Text: null, message.StateReason ?? "The message was not delivered.", DateTimeOffset.UtcNow)
            : null;
    }

    private static TurnUsage? UsageOf(Message reply) => WorkflowJson.Read<ReplyMetadata>(reply.Metadata).Usage;

    private sealed record ReplyMetadata(TurnUsage? Usage);
}

/// <summary>What an agent is told by a client.</summary>
/// <param name="Text">The message.</param>
/// <param name="Context">What goes with it; null for nothing.</param>
/// <param name="Metadata">A JSON object that is kept with it; null for none.</param>
internal sealed record RunInput(string Text, TurnContext? Context = null, JsonElement? Metadata = null)
{
    /// <summary>What stands for the text of a message that is pictures alone.</summary>
    private const string PictureAlone = "[picture]";

    /// <summary>A message with the pictures that are attached to it, and instructions for this answer.</summary>
    public static RunInput Of(GatewayParams given)
    {
        var (pictures, instructions) = (PictureReader.Attachments(given), given.OptionalText("extraSystemPrompt", MessageRules.MaxContentLength));
        var context = pictures.Count == 0 && string.IsNullOrWhiteSpace(instructions) ? null : new TurnContext { Pictures = pictures, Instructions = string.IsNullOrWhiteSpace(instructions) ? null : instructions };
        return pictures.Count == 0 ? new RunInput(given.Filled("message", MessageRules.MaxContentLength), context) : new RunInput(TextOf(given.OptionalText("message", MessageRules.MaxContentLength)), context);
    }

    /// <summary>The text of a message with pictures.</summary>
    public static string TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? PictureAlone : text;
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
    public string RunId => Message.MessageId;

    public long DurationMs => (long)Math.Max(0, (EndedAt - Message.CreatedAt).TotalMilliseconds);
}
