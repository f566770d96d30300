using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>The budgets of an owner and of their agents.</summary>
public sealed class BudgetService(IDbContextFactory<OpenClawDbContext> contexts)
{
    private static readonly string StandingSql =
        $$"""
        SELECT b.id AS "Id", b.agent_id AS "AgentId", (SELECT name FROM openclaw.agents WHERE id = b.agent_id) AS "AgentName", b.period AS "Period", b.soft AS "Soft", b.hard AS "Hard",
            {{SpendingSql.Start}} AS "From", {{SpendingSql.Used}} AS "Used", {{SpendingSql.Reserved("NULL")}} AS "Reserved"
        FROM openclaw.budgets b WHERE b.owner = {0}
        """;

    /// <summary>The owner's own first, then by agent; each with what is used of it.</summary>
    public async Task<IReadOnlyList<BudgetStanding>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await StandingAsync(db, caller, cancellationToken)).OrderBy(row => row.AgentId is not null).ThenBy(row => row.AgentName, StringComparer.Ordinal).ThenBy(row => row.AgentId).ThenBy(row => row.Period)];
    }

    /// <summary>Keeps the budget; the one of the same agent and period is replaced.</summary>
    public async Task<Decision<BudgetStanding>> SetAsync(BudgetDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        if (draft.Check() is { } wrong)
        {
            return wrong;
        }

        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (draft.AgentId is { } agent && !await db.Agents.AnyAsync(row => row.Id == agent && row.UserId == caller.Owner, cancellationToken))
        {
            return new Refusal.NotFound("agent_not_found", $"There is no agent {agent}.");
        }

        await CancelQuestionsAsync(row => row.Owner == caller.Owner && row.AgentId == draft.AgentId && row.Period == draft.Period, db, cancellationToken);
        await db.Database.ExecuteSqlRawAsync(UpsertSql(draft.AgentId is null), [Guid.CreateVersion7(), caller.Owner, draft.AgentId!, EnumText.ToLower(draft.Period!.Value), draft.SoftMicros!, draft.HardMicros!], cancellationToken);
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "budget.set", Subject = draft.AgentId is { } id ? $"agent:{id}" : $"owner:{caller.Owner}", Detail = draft.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        var standing = (await StandingAsync(db, caller, cancellationToken)).Single(row => row.AgentId == draft.AgentId && row.Period == draft.Period);
        transaction.Complete();
        return standing;
    }

    /// <summary>Takes the budget away.</summary>
    public async Task<Decision<Guid>> RemoveAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Budgets.SingleOrDefaultAsync(row => row.Id == id && row.Owner == caller.Owner, cancellationToken) is not { } budget)
        {
            return new Refusal.NotFound("budget_not_found", $"There is no budget {id}.");
        }

        await CancelQuestionsAsync(row => row.Id == id, db, cancellationToken);
        db.Budgets.Remove(budget);
        db.AuditLog.Add(new AuditEntry
        {
            Actor = caller.Actor,
            Action = "budget.remove",
            Subject = budget.AgentId is { } agent ? $"agent:{agent}" : $"owner:{caller.Owner}",
            Detail = EnumText.ToLower(budget.Period),
        });
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return id;
    }

    // Before the budget's row is locked, as whoever answers does: what was asked about a budget that is another now is no question any more.
    private static async Task CancelQuestionsAsync(Expression<Func<Budget, bool>> isIt, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        foreach (var budget in await db.Budgets.AsNoTracking().Where(isIt).Select(row => new { row.Id, row.Owner }).ToListAsync(cancellationToken))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE openclaw.questions SET state = 'cancelled', ended_at = now(), remind_at = NULL
                WHERE owner = {budget.Owner} AND asker = 'budget' AND state = 'open' AND context ->> 'budget_id' = {budget.Id.ToString()}
                """,
                cancellationToken);
        }
    }

    private static async Task<IEnumerable<BudgetStanding>> StandingAsync(OpenClawDbContext db, Caller caller, CancellationToken cancellationToken) =>
        (await db.Database.SqlQueryRaw<Row>(StandingSql, caller.Owner).ToListAsync(cancellationToken)).Select(row => row.ToStanding());

    // Who moves the soft limit wants to be told of it anew.
    private static string UpsertSql(bool isOfOwner) =>
        $$"""
        INSERT INTO openclaw.budgets AS b (id, owner, agent_id, period, soft, hard) VALUES ({0}, {1}, {2}::uuid, {3}, {4}::bigint, {5}::bigint)
        ON CONFLICT {{(isOfOwner ? "(owner, period) WHERE agent_id IS NULL" : "(agent_id, period) WHERE agent_id IS NOT NULL")}}
        DO UPDATE SET soft = excluded.soft, hard = excluded.hard, updated_at = now(), told_for = CASE WHEN b.soft IS NOT DISTINCT FROM excluded.soft THEN b.told_for END
        """;

    private sealed record Row(Guid Id, Guid? AgentId, string? AgentName, string Period, long? Soft, long? Hard, DateOnly From, long Used, long Reserved)
    {
        public BudgetStanding ToStanding() => new(Id, AgentId, AgentName, EnumText.Parse<BudgetPeriod>(Period), Soft, Hard, From, Used, Reserved);
    }
}

/// <summary>A budget, and how it stands. Amounts are micro-units of USD.</summary>
/// <param name="Id">Names it.</param>
/// <param name="AgentId">Null for all agents of the owner together.</param>
/// <param name="AgentName">For people.</param>
/// <param name="Period">Day, week or month, in UTC.</param>
/// <param name="Soft">The owner is told; null for never.</param>
/// <param name="Hard">Turns are refused; null for never.</param>
/// <param name="From">The first day of the present period.</param>
/// <param name="Used">Spent since then.</param>
/// <param name="Reserved">Held for turns under way.</param>
public sealed record BudgetStanding(Guid Id, Guid? AgentId, string? AgentName, BudgetPeriod Period, long? Soft, long? Hard, DateOnly From, long Used, long Reserved);
