using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Messaging;

/// <summary>Marks the message delivered, stores the agent's reply to its sender, and lets the next message begin. Commits with its checkpoint.</summary>
public sealed class ReplyStep(MessageRouter router, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var resolved = await context.OutputOfAsync<ResolvedRecipient>("resolve_recipient", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        if (!resolved.Deliver)
        {
            await router.BeginNextAsync(agent, db, cancellationToken);
            return new { parked = true };
        }

        var reply = await context.OutputOfAsync<TurnReply>("deliver", cancellationToken);
        var id = context.Request<RouteMessageRequest>().MessageId;
        var message = await db.Messages.SingleAsync(row => row.Id == id, cancellationToken);
        var now = time.GetUtcNow();
        message.State = MessageState.Delivered;
        message.DeliveredAt = message.AckedAt = now;
        db.Messages.Add(new Message
        {
            Id = Guid.CreateVersion7(),
            MessageId = context.IdempotencyKey,
            Sender = message.Recipient,
            Recipient = message.Sender,
            AgentId = message.AgentId,
            SessionKey = message.SessionKey,
            Content = reply.Text,
            Metadata = "{}",
            State = MessageState.Parked,
            StateReason = "The recipient fetches it from the agent's messages.",
            ReplyTo = message.Id,
            CreatedAt = now,
            ExpiresAt = now + MessageRouter.TimeToLive,
        });
        await db.SaveChangesAsync(cancellationToken);
        await router.BeginNextAsync(agent, db, cancellationToken);
        return new { reply = reply.Text };
    }
}
