using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Jobs.Messaging;

/// <summary>Conversations with agents, and what was said in them.</summary>
public sealed class Sessions(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>The last ones used first, and how many there are in all.</summary>
    public Task<(IReadOnlyList<Session> Page, int Total)> ListAsync(Guid? agentId, string? search, int limit, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            var found = Of(db, caller).Where(session => (agentId == null || session.AgentId == agentId)
                && (search == null || session.Key.Contains(search) || session.Label!.Contains(search)));
            return ((IReadOnlyList<Session>)await found.OrderByDescending(session => session.UpdatedAt).Take(limit).ToListAsync(cancellationToken), await found.CountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>Null for one that nobody has used, and for somebody else's.</summary>
    public Task<Session?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        UseAsync(db => Of(db, caller).SingleOrDefaultAsync(session => session.Key == key, cancellationToken), cancellationToken);

    /// <summary>The newest messages of the present transcript, oldest first, and how many it has in all.</summary>
    public Task<(IReadOnlyList<Message> Messages, long Total)> HistoryAsync(Session session, int limit, int offset, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            var messages = db.Messages.AsNoTracking().Where(message => message.SessionKey == session.Key && message.Sequence > session.ResetSequence);
            var page = await messages.OrderByDescending(message => message.Sequence).Skip(offset).Take(limit).ToListAsync(cancellationToken);
            page.Reverse();
            return ((IReadOnlyList<Message>)page, await messages.LongCountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>Whether a message of the conversation is on its way.</summary>
    public Task<List<string>> BusyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.Where(message => keys.Contains(message.SessionKey!) && message.State == MessageState.Accepted && message.WorkflowUuid != null)
            .Select(message => message.SessionKey!).Distinct().ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>The messages of a conversation that are on their way, oldest first.</summary>
    public Task<List<Message>> UnderWayAsync(string key, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.AsNoTracking().Where(message => message.SessionKey == key && message.State == MessageState.Accepted && message.WorkflowUuid != null)
            .OrderBy(message => message.Sequence).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Begins a new transcript; what was said stays, out of sight. False for an unknown conversation.</summary>
    public Task<bool> ResetAsync(string key, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        key,
        caller,
        async (db, session) =>
        {
            session.SessionId = Guid.NewGuid();
            session.ResetSequence = await db.Messages.Where(message => message.SessionKey == key).MaxAsync(message => (long?)message.Sequence, cancellationToken) ?? 0;
            await db.ForgetConversationAsync(session.AgentId, key, cancellationToken);
        },
        cancellationToken);

    /// <summary>Makes a conversation known before anything is said in it; one that is there already stays.</summary>
    public Task CreateAsync(string key, Guid agentId, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            await db.TouchSessionAsync(key, agentId, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Forgets a conversation; what was said stays with the agent. False for an unknown one.</summary>
    public Task<bool> DeleteAsync(string key, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            if (await Of(db, caller).SingleOrDefaultAsync(session => session.Key == key, cancellationToken) is not { } session)
                return false;

            using var transaction = AmbientTransaction.Begin();
            await db.ForgetConversationAsync(session.AgentId, key, cancellationToken);
            var deleted = await Of(db, caller).Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken) == 1;
            transaction.Complete();
            return deleted;
        },
        cancellationToken);

    /// <summary>Names a conversation for people; null takes the name away.</summary>
    public Task<bool> LabelAsync(string key, string? label, Caller caller, CancellationToken cancellationToken) => ChangeAsync(
        key,
        caller,
        (_, session) =>
        {
            session.Label = label;
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>A message by its sender's id; null for an unknown one and for one to somebody else's agent.</summary>
    public Task<Message?> FindMessageAsync(string sender, string messageId, Caller caller, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.AsNoTracking().SingleOrDefaultAsync(
            message => message.Sender == sender && message.MessageId == messageId && message.Owner == caller.Owner,
            cancellationToken),
        cancellationToken);

    private Task<bool> ChangeAsync(string key, Caller caller, Func<OpenClawDbContext, Session, Task> change, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            if (await Of(db, caller).AsTracking().SingleOrDefaultAsync(session => session.Key == key, cancellationToken) is not { } session)
                return false;

            // What the model is told and what people see begin anew together.
            using var transaction = AmbientTransaction.Begin();
            await change(db, session);
            await db.SaveChangesAsync(cancellationToken);
            transaction.Complete();
            return true;
        },
        cancellationToken);

    private static IQueryable<Session> Of(OpenClawDbContext db, Caller caller) =>
        db.Sessions.AsNoTracking().Where(session => db.Agents.Any(agent => agent.Id == session.AgentId && agent.UserId == caller.Owner));

    private async Task<T> UseAsync<T>(Func<OpenClawDbContext, Task<T>> use, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await use(db);
    }
}

internal static class SessionDbContextExtensions
{
    /// <summary>Notes that the conversation is used, and makes it known at its first use.</summary>
    /// <remarks>What was said under its key before belongs to a conversation that was deleted.</remarks>
    public static Task TouchSessionAsync(this OpenClawDbContext db, string key, Guid agentId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO openclaw.sessions (key, session_id, agent_id, reset_sequence)
        VALUES ({key}, gen_random_uuid(), {agentId}, coalesce((SELECT max(sequence) FROM openclaw_system.notifications WHERE session_key = {key}), 0))
        ON CONFLICT (key) DO UPDATE SET updated_at = now()
        """,
        cancellationToken);
}
