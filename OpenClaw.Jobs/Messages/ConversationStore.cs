using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.RunLogs;

namespace OpenClaw.Jobs.Messages;

/// <summary>Transcripts with agents, and what was said in them.</summary>
public sealed class ConversationStore(IDbContextFactory<OpenClawDbContext> contexts)
{
    // One message of an agent is under way at a time; this is for a page of many agents.
    private const int MaxUnderWay = 1000;

    /// <summary>The last ones used first, and how many there are in all.</summary>
    public Task<(IReadOnlyList<Session> Page, int Total)> ListAsync(Guid? agentId, string? search, int limit, Caller caller, CancellationToken cancellationToken) =>
        ListAsync(new SessionSearch { AgentId = agentId, Texts = search is null ? [] : [search], IsArchived = null, Limit = limit }, caller, cancellationToken);

    /// <summary>The last ones used first, and how many there are in all.</summary>
    public Task<(IReadOnlyList<Session> Page, int Total)> ListAsync(SessionSearch search, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            var found = search.In(Of(db, caller), db.Agents);
            var page = await found.OrderByDescending(session => session.UpdatedAt).ThenBy(session => session.Key).Skip(search.Offset).Take(search.Limit).ToListAsync(cancellationToken);
            return ((IReadOnlyList<Session>)page, await found.CountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>How many conversations each of the agents has, and so many of its last ones used. By the index of an agent's conversations.</summary>
    public async Task<IReadOnlyDictionary<Guid, AgentSessions>> OfAgentsAsync(IReadOnlyCollection<Guid> agents, int recent, CancellationToken cancellationToken)
    {
        var rows = await UseAsync(
            db => db.Database.SqlQuery<AgentSession>(
                $"""
                SELECT agent.id AS "AgentId", (SELECT count(*) FROM openclaw.sessions own WHERE own.agent_id = agent.id) AS "Count", last.key AS "Key", last.updated_at AS "UpdatedAt"
                FROM unnest({agents.ToArray()}) AS agent (id)
                LEFT JOIN LATERAL (SELECT key, updated_at FROM openclaw.sessions own WHERE own.agent_id = agent.id ORDER BY updated_at DESC LIMIT {recent}) last ON true
                ORDER BY 1, 4 DESC
                """).ToListAsync(cancellationToken),
            cancellationToken);
        return rows.GroupBy(row => row.AgentId).ToDictionary(
            rows => rows.Key, rows => new AgentSessions((int)rows.First().Count, [.. rows.Where(row => row.Key is not null).Select(row => new UsedSession(row.Key!, row.UpdatedAt!.Value))]));
    }

    /// <summary>Null for one that nobody has used, and for somebody else's.</summary>
    public Task<Session?> FindAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        UseAsync(db => Of(db, caller).SingleOrDefaultAsync(session => session.Key == key, cancellationToken), cancellationToken);

    /// <summary>The conversation whose present transcript has the id; null for none.</summary>
    public Task<Session?> FindByIdAsync(Guid sessionId, Guid? agentId, Caller caller, CancellationToken cancellationToken) => UseAsync(
        db => Of(db, caller).Where(session => session.SessionId == sessionId && (agentId == null || session.AgentId == agentId)).OrderBy(session => session.Key).FirstOrDefaultAsync(cancellationToken),
        cancellationToken);

    /// <summary>A message of the present transcript; null for none.</summary>
    public Task<Message?> FindMessageAsync(Session session, Guid id, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.AsNoTracking().SingleOrDefaultAsync(
            message => message.Id == id && message.SessionKey == session.Key && message.Sequence > session.ResetSequence,
            cancellationToken),
        cancellationToken);

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

    /// <summary>What agents are at work on in these conversations, oldest first.</summary>
    public Task<List<RunUnderWay>> UnderWayAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.Where(message => keys.Contains(message.SessionKey!) && message.State == MessageState.Accepted && message.WorkflowUuid != null)
            .OrderBy(message => message.Sequence).Take(MaxUnderWay).Select(message => new RunUnderWay(message.Id, message.SessionKey!, message.MessageId, message.CreatedAt)).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>What an agent has said in a run that is under way, on whatever node; empty for nothing.</summary>
    public Task<string> SaidSoFarAsync(Guid runId, CancellationToken cancellationToken) => UseAsync(async db => await db.SaidInRunAsync(runId, cancellationToken) ?? "", cancellationToken);

    /// <summary>Begins a new transcript; what was said stays, out of sight. False for an unknown conversation.</summary>
    public Task<bool> ResetAsync(string key, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            // What the model is told and what people see begin anew together.
            using var transaction = AmbientTransaction.Begin();
            if ((await LockAsync(db, key, SessionExpectation.None, caller, cancellationToken)).Session is not { } session)
            {
                return false;
            }

            session.SessionId = Guid.NewGuid();
            session.ResetSequence = await db.Messages.Where(message => message.SessionKey == key).MaxAsync(message => (long?)message.Sequence, cancellationToken) ?? 0;
            await db.ForgetConversationAsync(session.AgentId, key, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            transaction.Complete();
            return true;
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

    /// <summary>Forgets a conversation; what was said stays with the agent.</summary>
    /// <param name="key">In full.</param>
    /// <param name="expected">What must be true of it.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SessionOutcome> DeleteAsync(string key, SessionExpectation expected, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            using var transaction = AmbientTransaction.Begin();
            var (session, outcome) = await LockAsync(db, key, expected, caller, cancellationToken);
            if (session is null)
            {
                return outcome;
            }

            await db.ForgetConversationAsync(session.AgentId, key, cancellationToken);
            await db.Sessions.Where(row => row.Key == key).ExecuteDeleteAsync(cancellationToken);
            transaction.Complete();
            return outcome;
        },
        cancellationToken);

    /// <summary>Changes what is kept of a conversation beside what is said in it.</summary>
    /// <param name="key">In full.</param>
    /// <param name="expected">What must be true of it.</param>
    /// <param name="change">Its row is locked meanwhile.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SessionOutcome> ChangeAsync(string key, SessionExpectation expected, Action<Session> change, Caller caller, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            using var transaction = AmbientTransaction.Begin();
            var (session, outcome) = await LockAsync(db, key, expected, caller, cancellationToken);
            if (session is null)
            {
                return outcome;
            }

            change(session);
            await db.SaveChangesAsync(cancellationToken);
            transaction.Complete();
            return outcome;
        },
        cancellationToken);

    /// <summary>Keeps a message to an agent that was answered for it, and the answer: people see both, and the agent's model neither.</summary>
    public Task AnswerAsync(Agent agent, NewMessage request, string answer, CancellationToken cancellationToken) => UseAsync(
        async db =>
        {
            var now = await db.NowAsync(cancellationToken);
            var message = request.ToMessage(agent.UserId, MessageRouter.AddressOf(agent), agent, parked: null, now);
            var reply = new NewMessage($"answer:{message.Id}", message.Recipient, answer, Metadata: null, message.SessionKey).ToMessage(agent.UserId, message.Sender, agent, parked: null, now);
            reply.ReplyTo = message.Id;
            foreach (var said in new[] { message, reply })
            {
                (said.State, said.DeliveredAt, said.AckedAt) = (MessageState.Delivered, now, now);
            }

            using var transaction = AmbientTransaction.Begin();
            await db.TouchSessionAsync(message.SessionKey!, agent.Id, cancellationToken);
            db.Messages.Add(message);
            await db.SaveChangesAsync(cancellationToken);
            db.Messages.Add(reply);
            await db.SaveChangesAsync(cancellationToken);
            transaction.Complete();
            return true;
        },
        cancellationToken);

    /// <summary>A message by its sender's id; null for an unknown one and for one to somebody else's agent.</summary>
    public Task<Message?> FindMessageAsync(string sender, string messageId, Caller caller, CancellationToken cancellationToken) => UseAsync(
        db => db.Messages.AsNoTracking().SingleOrDefaultAsync(
            message => message.Sender == sender && message.MessageId == messageId && message.Owner == caller.Owner,
            cancellationToken),
        cancellationToken);

    private static async Task<(Session? Session, SessionOutcome Outcome)> LockAsync(
        OpenClawDbContext db, string key, SessionExpectation expected, Caller caller, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.FromSql($"SELECT * FROM openclaw.sessions WHERE key = {key} FOR UPDATE").AsTracking()
            .SingleOrDefaultAsync(session => db.Agents.Any(agent => agent.Id == session.AgentId && agent.UserId == caller.Owner), cancellationToken);
        if (session is null)
        {
            return (null, SessionOutcome.Unknown);
        }

        var outcome = expected.WhyNot(session);
        return (outcome is null ? session : null, outcome ?? SessionOutcome.Done);
    }

    private static IQueryable<Session> Of(OpenClawDbContext db, Caller caller) =>
        db.Sessions.AsNoTracking().Where(session => db.Agents.Any(agent => agent.Id == session.AgentId && agent.UserId == caller.Owner));

    private sealed record AgentSession(Guid AgentId, long Count, string? Key, DateTimeOffset? UpdatedAt);

    private async Task<T> UseAsync<T>(Func<OpenClawDbContext, Task<T>> use, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await use(db);
    }
}

/// <param name="Id">Of the message.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="MessageId">The sender's id of the message: the run.</param>
/// <param name="CreatedAt">When it was accepted.</param>
public sealed record RunUnderWay(Guid Id, string SessionKey, string MessageId, DateTimeOffset CreatedAt);

/// <summary>An agent's conversations.</summary>
/// <param name="Count">In all.</param>
/// <param name="Recent">The last ones used first.</param>
public sealed record AgentSessions(int Count, IReadOnlyList<UsedSession> Recent);

/// <summary>When a conversation was used last.</summary>
public sealed record UsedSession(string Key, DateTimeOffset UpdatedAt);

internal static class SessionDbContextExtensions
{
    /// <summary>Notes that the conversation is used, and makes it known at its first use.</summary>
    /// <remarks>What was said under its key before belongs to a conversation that was deleted.</remarks>
    public static Task TouchSessionAsync(this OpenClawDbContext db, string key, Guid agentId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO openclaw.sessions (key, session_id, agent_id, reset_sequence)
        VALUES ({key}, gen_random_uuid(), {agentId}, coalesce((SELECT max(sequence) FROM openclaw_system.notifications WHERE session_key = {key}), 0))
        ON CONFLICT (key) DO UPDATE SET updated_at = now(), archived_at = NULL
        """,
        cancellationToken);
}
