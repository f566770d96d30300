using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Questions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Questions;

namespace OpenClaw.Jobs.Spending;

/// <summary>What comes of a budget that is reached, in the transaction that records the turn: the owner is told, and the agent paused whose turn was not begun.</summary>
public sealed class BudgetKeeper(AgentPauser pauser, OwnerNotifier notifier, QuestionBook questions, TimeProvider time)
{
    private static readonly string CrossedSql =
        $$"""
        SELECT * FROM (
            SELECT b.id AS "Id", b.agent_id AS "AgentId", b.period AS "Period", b.soft AS "Soft", b.hard AS "Hard", {{SpendingSql.Start}} AS "Start", {{SpendingSql.Used}} AS "Used"
            FROM openclaw.budgets b
            WHERE b.owner = {0} AND (b.agent_id IS NULL OR b.agent_id = {1}) AND b.soft IS NOT NULL AND b.told_for IS DISTINCT FROM {{SpendingSql.Start}}
        ) AS standing
        WHERE "Used" >= "Soft" ORDER BY "Id"
        """;

    /// <summary>Tells the owner, once in a period, of budgets whose soft limit is reached.</summary>
    public async Task TellAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var crossed = await db.Database.SqlQueryRaw<Crossed>(CrossedSql, agent.UserId, agent.Id).ToListAsync(cancellationToken);
        foreach (var budget in crossed)
        {
            // Of several turns that see it at once, on whatever node, one tells.
            var told = await db.Budgets.Where(row => row.Id == budget.Id && (row.ToldFor == null || row.ToldFor != budget.Start))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ToldFor, budget.Start), cancellationToken);
            if (told == 1)
            {
                await notifier.NotifyAsync(
                    new OwnerNotice(NoticeEvent.BudgetNear, agent.UserId, budget.AgentId is null ? $"All agents of {agent.UserId}" : agent.Name, budget.Detail, $"{budget.Id}:soft:{budget.Start:yyyy-MM-dd}:{budget.Soft}") { AgentId = budget.AgentId },
                    db, cancellationToken);
            }
        }
    }

    /// <summary>Pauses an agent that has reached what it may use, unless something else is done with it already, and asks its owner.</summary>
    /// <param name="agent">Its row is locked.</param>
    /// <param name="detail">Why, and what to do.</param>
    /// <param name="key">The same whenever this is repeated.</param>
    /// <param name="asks">What the owner is asked; null where they are told alone.</param>
    /// <param name="db">The transaction's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PauseAsync(Agent agent, string detail, string key, BudgetBreak? asks, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (question, isNew) = asks is null ? default : await questions.AskAsync(QuestionOf(agent, asks), db, cancellationToken);
        await pauser.PauseAsync(agent, question?.Id, cancellationToken);

        // Who was asked has been told.
        if (!isNew)
        {
            await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.BudgetReached, detail, key), db, cancellationToken);
        }
    }

    private NewQuestion QuestionOf(Agent agent, BudgetBreak asks)
    {
        var draft = new QuestionDraft(asks.Text, [asks.Raise, asks.Wait], asks.Wait) { ExpiresIn = asks.Until - time.GetUtcNow() };
        return new NewQuestion(agent.UserId, QuestionAsker.Budget, agent.Name, asks.Key, draft, "budget")
        {
            AgentId = asks.IsOfAgent ? agent.Id : null,
            Context = WorkflowJson.Write(asks),
            Event = NoticeEvent.BudgetReached,
        };
    }

    private sealed record Crossed(Guid Id, Guid? AgentId, string Period, long Soft, long? Hard, DateOnly Start, long Used)
    {
        public string Detail
        {
            get
            {
                var period = EnumText.Parse<BudgetPeriod>(Period);
                var end = Hard is { } hard ? $"At {Money.Say(hard)} turns are refused until {BudgetTexts.Next(period)}." : "It has no hard limit, so nothing is refused.";
                return $"{Money.Say(Used)} {Money.Currency} used {BudgetTexts.Now(period)}; you wanted to be told at {Money.Say(Soft)}. {end}";
            }
        }
    }
}
