using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Messages;

/// <summary>
/// Puts messages on their way, in the caller's transaction. One message of a recipient is on its way at a time; when it has
/// ended, whatever came of it, the next one begins in the same transaction. A message to an agent that cannot take it now
/// is parked, in order, and released when the agent is back; one that its schedule sends waits until nobody else's does. All
/// of it happens under the lock on the agent's row.
/// </summary>
public sealed class MessageRouter(WorkflowClient workflows, BrakeBoard brakes, TimeProvider time)
{
    // Asked for each message, and compiled once: to recognise a query anew costs about what it costs to send it.
    private static readonly Func<OpenClawDbContext, string, IAsyncEnumerable<Message>> FirstTwo = EF.CompileAsyncQuery(
        (OpenClawDbContext db, string recipient) => db.Messages
            .Where(message => message.Recipient == recipient && (message.State == MessageState.Accepted || message.State == MessageState.Parked))
            .OrderBy(message => message.Sequence).Take(2));

    /// <summary>Stores a message to an agent and starts its delivery, or parks it. The same sender and id are one message: the first one is returned, whatever it says.</summary>
    public async Task<(Message Message, bool WasKnown)> AcceptAsync(Agent agent, NewMessage request, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var waits = await WhyParkedAsync(agent, db, cancellationToken);
        var message = request.ToMessage(agent.UserId, AddressOf(agent), agent, waits, time.GetUtcNow());
        var found = await LookAsync(message, db, cancellationToken);
        message.QueueMode = Addresses.IsPrompt(message.Sender) ? null : QueueModes.Of(request.QueueMode, found.QueueMode, agent);
        if (found.Known is { } known)
        {
            return (await db.Messages.SingleAsync(row => row.Id == known, cancellationToken), WasKnown: true);
        }

        if (!found.HasSession)
        {
            await db.TouchSessionAsync(message.SessionKey!, agent.Id, cancellationToken);
        }

        if (waits is null && found.First is not null && Addresses.IsPrompt(message.Sender))
        {
            (message.State, message.StateReason) = (MessageState.Parked, BehindOthers);
        }
        else if (waits is null)
        {
            message.WorkflowUuid = found.First is null
                ? await workflows.StartAsync(message.QueueMode is QueueMode.Collect ? Delivery(message, agent) : FirstInLine(message, agent, found.Model), cancellationToken)
                : await workflows.HoldAsync(Delivery(message, agent), cancellationToken);
        }

        db.Messages.Add(message);
        db.AddContext(message, request.Context);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { ConstraintName: Message.IdIndex })
        {
            // Of another owner, whose rows a team is not shown: this one repeats nothing.
            return (request.ToMessage(owner: "", message.Recipient, agent, parked: null, message.CreatedAt), WasKnown: true);
        }

        if (waits is null && message.QueueMode is QueueMode.Interrupt && found.First is { } first)
        {
            await InterruptAsync(first, message, db, cancellationToken);
        }

        return (message, WasKnown: false);
    }

    // Ends the turn under way, if it is one of the same conversation. What was said stays, and whoever is next in line begins.
    private async Task InterruptAsync(Guid first, Message message, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Messages.AnyAsync(row => row.Id == first && row.SessionKey == message.SessionKey, cancellationToken))
        {
            await EndTurnAsync(first, message.Sender, Interrupted, db, cancellationToken);
        }
    }

    /// <summary>Ends the turn of a message that is under way, on whatever node.</summary>
    internal async Task EndTurnAsync(Guid id, string by, string why, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var underWay = await db.Messages.Where(row => row.Id == id && row.State == MessageState.Accepted).Select(row => row.WorkflowUuid).SingleOrDefaultAsync(cancellationToken);
        if (underWay is { } workflow)
        {
            await db.Messages.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.StateReason, why), cancellationToken);
            await workflows.CancelAsync(workflow, by, why, cancellationToken);
        }
    }

    // All that there is to know before, with one question: whether the message is known, who is first in line, and that the
    // conversation is used.
    private static async Task<Found> LookAsync(Message message, OpenClawDbContext db, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Found>(
            $"""
            WITH used AS (UPDATE openclaw.sessions SET updated_at = now(), archived_at = NULL WHERE key = {message.SessionKey} RETURNING model, settings ->> {QueueModes.SessionSetting} AS queue_mode)
            SELECT (SELECT id FROM openclaw_system.notifications WHERE sender = {message.Sender} AND message_id = {message.MessageId}) AS "Known",
                   (SELECT id FROM openclaw_system.notifications WHERE recipient = {message.Recipient} AND state IN ('accepted', 'parked') ORDER BY sequence LIMIT 1) AS "First",
                   EXISTS (SELECT FROM used) AS "HasSession", (SELECT model FROM used) AS "Model", (SELECT queue_mode FROM used) AS "QueueMode"
            """).ToListAsync(cancellationToken)).Single();

    /// <summary>Sends what waited for the agent on its way, oldest first. Returns how many there are.</summary>
    /// <remarks>Each stays parked until it is its turn: a hundred thousand rows are not written at once.</remarks>
    public async Task<int> ReleaseParkedAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var released = await Waiting(db, AddressOf(agent)).CountAsync(message => message.State == MessageState.Parked, cancellationToken);
        await BeginNextAsync(agent, db, cancellationToken);
        return released;
    }

    /// <summary>Lets the agent's next message begin, now that the one before has ended and its state says so in the database.</summary>
    public async Task BeginNextAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var waiting = Waiting(db, AddressOf(agent));
        if (await WhyParkedAsync(agent, db, cancellationToken) is not null)
        {
            // Those in line are parked one after the other; those that are parked stay so.
            waiting = waiting.Where(message => message.State == MessageState.Accepted);
        }

        if (await waiting.OrderBy(message => message.Sequence).FirstOrDefaultAsync(cancellationToken) is { } next)
        {
            await BeginAsync(await PeopleFirstAsync(next, waiting, cancellationToken), agent, db, cancellationToken);
        }
    }

    // The schedule's messages at the head of a line are few: of a prompt one waits.
    private static async Task<Message> PeopleFirstAsync(Message next, IQueryable<Message> waiting, CancellationToken cancellationToken) =>
        next.State is MessageState.Parked && Addresses.IsPrompt(next.Sender)
            ? await waiting.Where(message => message.State == MessageState.Accepted || !message.Sender.StartsWith(Addresses.Prompts))
                .OrderBy(message => message.Sequence).FirstOrDefaultAsync(cancellationToken) ?? next
            : next;

    /// <summary>The message that is under way, and who is behind it; its line is asked once for both.</summary>
    public static async Task<(Message Message, Message? Next)> HeadOfLineAsync(Guid messageId, Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var head = await FirstTwo(db, AddressOf(agent)).ToListAsync(cancellationToken);
        var message = head.Find(row => row.Id == messageId) ?? await db.Messages.SingleAsync(row => row.Id == messageId, cancellationToken);
        var next = head.Find(row => row.Id != messageId);
        return (message, next is null ? null : await PeopleFirstAsync(next, Waiting(db, AddressOf(agent)).Where(row => row.Id != messageId), cancellationToken));
    }

    /// <summary>Lets this message begin, which is the next one, unless it is parked and the agent cannot take it now.</summary>
    public async Task BeginAsync(Message next, Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (next.State is MessageState.Parked && await WhyParkedAsync(agent, db, cancellationToken) is not null)
        {
            // One behind it may have been accepted before.
            await BeginNextAsync(agent, db, cancellationToken);
            return;
        }

        if (next is { State: MessageState.Accepted, WorkflowUuid: { } held })
        {
            await workflows.ReleaseAsync(held, cancellationToken);
            return;
        }

        // It was parked: its delivery is a new one.
        next.State = MessageState.Accepted;
        next.StateReason = null;
        next.WorkflowUuid = await workflows.StartAsync(Delivery(next, agent), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Ends what waits for an agent that will not come back; it stays visible with its reason. What it has said itself, and notices about it, still go out.</summary>
    public static Task GiveUpParkedAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var address = AddressOf(agent);
        return db.Messages.Where(message => message.Recipient == address && message.State == MessageState.Parked)
            .ExecuteUpdateAsync(
                set => set.SetProperty(message => message.State, MessageState.Dead)
                    .SetProperty(message => message.StateReason, AgentStopped),
                cancellationToken);
    }

    /// <summary>Why a message is dead whose agent will not come back.</summary>
    internal const string AgentStopped = "The agent was stopped before the message could be delivered.";

    /// <summary>Why a turn has ended that a newer message interrupted.</summary>
    internal const string Interrupted = "A newer message in its conversation interrupted it.";

    /// <summary>Why a message that the schedule sent has not begun.</summary>
    internal const string BehindOthers = "It waits until the agent has answered everything else.";

    internal static string AddressOf(Agent agent) => Addresses.OfAgent(agent.Id);

    /// <summary>Null when the agent can take a message now. A brake that is why stays until the transaction ends.</summary>
    internal async Task<string?> WhyParkedAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken) =>
        WhyAway(agent) ?? (await brakes.HoldAsync(agent, db, cancellationToken))?.WhyWaiting;

    private static string? WhyAway(Agent agent) => agent switch
    {
        { Status: AgentStatus.Running, Operation: null or AgentOperation.Resume } => null,
        { Operation: { } operation } => $"It came while the agent had a {EnumText.ToLower(operation)} under way.",
        _ => $"It came while the agent was {EnumText.ToLower(agent.Status)}.",
    };

    /// <summary>The first in line; null when the line is empty.</summary>
    /// <remarks>Not "is there any": for one recipient's long line the planner would look for another's in the whole table.</remarks>
    internal static Task<Guid?> FirstAsync(IQueryable<Message> line, CancellationToken cancellationToken) =>
        line.OrderBy(message => message.Sequence).Select(message => (Guid?)message.Id).FirstOrDefaultAsync(cancellationToken);

    private static IQueryable<Message> Waiting(OpenClawDbContext db, string recipient) => db.Messages.Where(
        message => message.Recipient == recipient && (message.State == MessageState.Accepted || message.State == MessageState.Parked));

    // Under the lock on the agent's row it is known what the first step would find, and the second.
    private static WorkflowStart FirstInLine(Message message, Agent agent, string? model)
    {
        message.Attempts++;
        var resolved = new ResolvedRecipient(Deliver: true, message.Content, IsBacklog: false, message.MessageId, message.SessionKey, HasContext: MessageContexts.HashOf(message.Metadata) is not null, IsPrompt: Addresses.IsPrompt(message.Sender)) { Timeout = message.TurnTimeout };
        return Delivery(message, agent) with { KnownOutputs = [resolved], Fresh = RuntimeAgent.From(agent) with { Model = model ?? agent.Model } };
    }

    private static WorkflowStart Delivery(Message message, Agent agent) =>
        new(RouteMessageWorkflow.Name, agent.UserId, new RouteMessageRequest(message.Id)) { AgentId = agent.Id };

    private sealed record Found(Guid? Known, Guid? First, bool HasSession, string? Model, string? QueueMode);
}
