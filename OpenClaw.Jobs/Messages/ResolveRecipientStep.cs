using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Messages;

/// <summary>Lets the message go on when it is its turn, and parks it when its agent is away or a brake is on, and gives it up when its agent has stopped or its time is over. Commits with its checkpoint.</summary>
public sealed class ResolveRecipientStep(MessageRouter router, TimeProvider time) : IDatabaseStep
{
    // The one before lets this one begin; to meet it still under way is rare. The longer it has waited, the rarer it looks.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    // Who has waited longer does not mind a little more.
    private static readonly TimeSpan Backlog = TimeSpan.FromSeconds(1);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        // The lock on the agent's row comes first: a pause that begins now either sees this message under way or parks it.
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        var id = context.Request<RouteMessageRequest>().MessageId;
        var message = await db.Messages.SingleAsync(row => row.Id == id, cancellationToken);
        if (message.AnsweredWith is not null)
        {
            return new ResolvedRecipient(Deliver: false, message.Content);
        }

        if (agent.Status is AgentStatus.Stopped)
        {
            // Those in line come here one after the other when the agent has stopped.
            message.State = MessageState.Dead;
            message.StateReason = MessageRouter.AgentStopped;
            return new ResolvedRecipient(Deliver: false, message.Content);
        }

        if (await router.WhyParkedAsync(agent, db, cancellationToken) is { } reason)
        {
            message.State = MessageState.Parked;
            message.StateReason = reason;
            return new ResolvedRecipient(Deliver: false, message.Content);
        }

        var now = time.GetUtcNow();
        if (message.ExpiresAt <= now)
        {
            message.State = MessageState.Dead;
            message.StateReason = MessageExpiry.Reason;
            return new ResolvedRecipient(Deliver: false, message.Content);
        }

        var line = db.Messages.Where(row => row.Recipient == message.Recipient && row.State == MessageState.Accepted);
        if (await MessageRouter.FirstAsync(line, cancellationToken) != message.Id)
        {
            var age = now - message.CreatedAt;
            throw new StepNotReadyException(age > AskAgain ? age : AskAgain, "An earlier message to the same agent is still under way.");
        }

        var others = message.QueueMode is QueueMode.Collect ? await CollectAsync(message, agent, now, db, cancellationToken) : [];
        message.Attempts++;
        return new ResolvedRecipient(
            Deliver: true, CollectedMessages.TextOf(message, others), now - message.CreatedAt > Backlog, message.MessageId, message.SessionKey, HasContext: MessageContexts.HashOf(message.Metadata) is not null, IsPrompt: Addresses.IsPrompt(message.Sender))
        {
            Timeout = message.TurnTimeout,
            Collected = others.Count == 0 ? null : [.. others.Select(other => other.Id)],
        };
    }

    // When nothing has come for a while. What comes all the time is answered all the same.
    private static async Task<List<Message>> CollectAsync(Message message, Agent agent, DateTimeOffset now, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (others, pause) = (await CollectedMessages.BehindAsync(message, db, cancellationToken), QueueModes.PauseOf(agent.Configuration));
        var left = pause - (now - others.Append(message).Max(other => other.CreatedAt));
        return left <= TimeSpan.Zero || others.Count + 1 >= CollectedMessages.Most || now - message.CreatedAt > QueueModes.LongestPause
            ? others
            : throw new StepNotReadyException(left, "It is answered together with what comes in a moment.");
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Deliver">False when the message was parked or has expired.</param>
/// <param name="Content">What it says.</param>
/// <param name="IsBacklog">It has waited, and gives way to what comes in between.</param>
/// <param name="RunId">The sender's id of the message; null in runs of an older build.</param>
/// <param name="SessionKey">The conversation that it belongs to; null for the agent's own.</param>
/// <param name="HasContext">More than its text is kept of it.</param>
/// <param name="IsPrompt">The agent's own schedule sent it.</param>
public sealed record ResolvedRecipient(bool Deliver, string Content, bool IsBacklog = false, string? RunId = null, string? SessionKey = null, bool HasContext = false, bool IsPrompt = false)
{
    /// <summary>How long its turn may take; null for as long as the agent's turns may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>The messages that share its turn; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? Collected { get; init; }
}
