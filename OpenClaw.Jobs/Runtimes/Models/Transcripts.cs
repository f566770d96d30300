using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>What was said to agents that run on models, and by them. It is in the database, so every node remembers it, also after a crash.</summary>
public sealed class Transcripts(IDbContextFactory<OpenClawDbContext> contexts)
{
    // More than any model's window holds of ordinary talk.
    private const int MaxTurns = 500;

    /// <summary>What the turn was answered when it was recorded; null for one that was not.</summary>
    public async Task<TurnReply?> FindAsync(string turnKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, turnKey, cancellationToken);
    }

    /// <summary>The conversation's last turns, newest first.</summary>
    public async Task<IReadOnlyList<ConversationTurn>> ReadAsync(Guid agentId, string sessionKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ConversationTurn>().AsNoTracking()
            .Where(turn => turn.AgentId == agentId && turn.SessionKey == sessionKey && turn.ForgottenAt == null)
            .OrderByDescending(turn => turn.Id).Take(MaxTurns).ToListAsync(cancellationToken);
    }

    /// <summary>Records a turn with what it has cost, unless it was before: then what counts is the first reply, which is returned, and both are paid.</summary>
    /// <remarks>A beat in which the agent had nothing to say is recorded, and forgotten at once: it would fill the model's window.</remarks>
    public async Task<TurnReply> RecordAsync(RuntimeAgent agent, string sessionKey, Turn turn, TurnReply reply, CancellationToken cancellationToken)
    {
        var forgotten = turn.Kind is TurnKind.Heartbeat && HeartbeatReply.IsAcknowledgement(reply.Text);
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recorded = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.conversation_turns (agent_id, session_key, turn_key, model, message, reply, input_tokens, output_tokens, forgotten_at)
            VALUES ({agent.Id}, {sessionKey}, {turn.IdempotencyKey}, {agent.Model}, {turn.Message}, {reply.Text},
                {reply.Usage?.InputTokens}, {reply.Usage?.OutputTokens}, CASE WHEN {forgotten} THEN now() END)
            ON CONFLICT (turn_key) DO NOTHING
            """,
            cancellationToken);
        if (reply.Usage is { } usage)
        {
            await SpendingLedger.SettleAsync(new Spent(turn.IdempotencyKey, agent.Model, turn.Purpose, usage) { AgentId = agent.Id, IsBesides = recorded == 0 }, db, cancellationToken);
        }

        var answer = recorded == 1 ? reply : (await FindAsync(db, turn.IdempotencyKey, cancellationToken))!;
        transaction.Complete();
        return answer;
    }

    private static async Task<TurnReply?> FindAsync(OpenClawDbContext db, string turnKey, CancellationToken cancellationToken)
    {
        var turn = await db.Set<ConversationTurn>().AsNoTracking().SingleOrDefaultAsync(turn => turn.TurnKey == turnKey, cancellationToken);
        return turn is null ? null : new TurnReply(turn.Reply, turn is { InputTokens: { } input, OutputTokens: { } output } ? new TurnUsage(input, output) : null) { Model = turn.Model };
    }
}

internal static class ConversationDbContextExtensions
{
    /// <summary>The model is not shown any more what was said in the conversation so far.</summary>
    public static Task ForgetConversationAsync(this OpenClawDbContext db, Guid agentId, string sessionKey, CancellationToken cancellationToken) =>
        db.Set<ConversationTurn>().Where(turn => turn.AgentId == agentId && turn.SessionKey == sessionKey && turn.ForgottenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.ForgottenAt, _ => OpenClawDbContext.Now()), cancellationToken);

    /// <summary>The model is not shown any more what was said to the agent after a turn, in any conversation.</summary>
    public static Task ForgetTurnsAfterAsync(this OpenClawDbContext db, Guid agentId, long last, CancellationToken cancellationToken) =>
        db.Set<ConversationTurn>().Where(turn => turn.AgentId == agentId && turn.Id > last && turn.ForgottenAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(turn => turn.ForgottenAt, _ => OpenClawDbContext.Now()), cancellationToken);
}
