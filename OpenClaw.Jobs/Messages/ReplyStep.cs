using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.IssueWork;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Messages;

/// <summary>Marks the message delivered, stores the agent's reply to its sender, and lets the next message begin. Commits with its checkpoint.</summary>
public sealed class ReplyStep(MessageRouter router, WorkflowClient workflows, ChannelMessages channel, UsageLedger usages, BudgetKeeper budgets, WorkProgress work, StoredReplies stored, RunawayWatch runaways, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var resolved = await context.OutputOfAsync<ResolvedRecipient>("resolve_recipient", cancellationToken);
        if (!resolved.Deliver)
        {
            await router.BeginNextAsync(await db.HoldAgentAsync(context.AgentId, cancellationToken), db, cancellationToken);
            return new { parked = true };
        }

        var reply = await context.OutputOfAsync<TurnReply>("deliver", cancellationToken);

        // What a turn has used may pause the agent.
        var agent = await (reply is { Refused: null, Usage: null } ? db.HoldAgentAsync(context.AgentId, cancellationToken) : db.LockAgentAsync(context.AgentId, cancellationToken));
        var id = context.Request<RouteMessageRequest>().MessageId;
        var (message, next) = await MessageRouter.HeadOfLineAsync(id, agent, db, cancellationToken);
        if (reply.Refused is { } reason)
        {
            await WaitAsync(message, agent, reason, reply.Asks, context, db, cancellationToken);
            if (next is not null)
            {
                await router.BeginAsync(next, agent, db, cancellationToken);
            }

            return new { parked = true };
        }

        var now = time.GetUtcNow();
        (message.State, message.StateReason) = (MessageState.Delivered, null);
        message.DeliveredAt = message.AckedAt = now;
        var answer = await StoreReplyAsync(message, agent, context.IdempotencyKey, reply, db, now, cancellationToken);
        await work.ReadReplyAsync(message.Sender, agent, context.IdempotencyKey, reply.Text, db, cancellationToken);
        await usages.RecordAsync(agent, TurnKey(context), resolved.IsPrompt ? SpendingKind.Prompt : SpendingKind.Message, reply.Usage, db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        stored.OnCommit(message, answer);
        if (reply.Usage is not null)
        {
            await runaways.RepliedAsync(agent, message, reply.Text, TurnKey(context), db, cancellationToken);
        }

        if (resolved.HasContext)
        {
            await db.MessageContexts.Where(context => context.MessageId == id).ExecuteDeleteAsync(cancellationToken);
        }

        if (resolved.Collected is { } others)
        {
            await CollectedMessages.AnswerAsync(others, message, workflows, db, now, cancellationToken);
            await router.BeginNextAsync(agent, db, cancellationToken);
        }
        else if (next is not null)
        {
            await router.BeginAsync(next, agent, db, cancellationToken);
        }

        return new { reply = reply.Text };
    }

    // What is kept beside a reply: what it took, and which model it is of.
    private static JsonElement? RecordOf(TurnReply answer)
    {
        var record = new Dictionary<string, object>();
        if (answer.Usage is { } usage)
        {
            record["usage"] = usage;
        }

        if (answer.Model is { } model)
        {
            record["model"] = model;
        }

        return record.Count == 0 ? null : JsonSerializer.SerializeToElement(record, WorkflowJson.Options);
    }

    // Of the step that asked.
    private static string TurnKey(StepContext context) => $"{context.WorkflowUuid}:deliver";

    // As a message that comes while the agent is away; it is paused, and the message goes on when it is resumed.
    private async Task WaitAsync(Message message, Agent agent, string reason, BudgetBreak? asks, StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        (message.State, message.StateReason) = agent.Status is AgentStatus.Stopped ? (MessageState.Dead, MessageRouter.AgentStopped) : (MessageState.Parked, reason);
        await budgets.PauseAsync(agent, reason, $"{TurnKey(context)}:budget", asks, db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    // A client that is an address of its own is sent the reply, and so is a number; everybody else reads it in the agent's
    // history. A number that somebody else named is not told that there is nothing to say.
    private async Task<Message> StoreReplyAsync(
        Message message, Agent agent, string key, TurnReply answer, OpenClawDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = RecordOf(answer);
        var elsewhere = HeartbeatReply.IsAcknowledgement(answer.Text) ? null : ReplyAddress.Of(message);
        var reply = new NewMessage(key, message.Recipient, answer.Text, record, message.SessionKey).ToMessage(agent.UserId, elsewhere ?? message.Sender, agent, parked: null, now);
        reply.ReplyTo = message.Id;
        db.Messages.Add(reply);
        if (Addresses.IsClient(reply.Recipient))
        {
            await db.EnterInboxAsync(reply.Recipient, cancellationToken);
            return reply;
        }

        if (channel.NumberOf(reply.Recipient) is { } number)
        {
            await channel.SendAsync(reply, number, db, cancellationToken);
            return reply;
        }

        if (Addresses.ChannelOf(reply.Recipient) is not null)
        {
            (reply.State, reply.StateReason) = (MessageState.Parked, "There is no WhatsApp account any more; it goes out when there is one.");
            return reply;
        }

        reply.State = MessageState.Delivered;
        reply.DeliveredAt = now;
        return reply;
    }
}
