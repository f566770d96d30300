using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Questions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>
/// Budgets that ask. An answer raises the budget, or leaves it until its period is over; either way the agents that it has paused, and
/// that nobody has touched since, are resumed.
/// </summary>
public sealed class BudgetQuestions(AgentService agents, TimeProvider time) : IQuestionAsker
{
    // A turn that was refused before the answer may pause its agent after it.
    private static readonly TimeSpan LateFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    public QuestionAsker Kind => QuestionAsker.Budget;

    public Refusal? Check(Question question, string choice, Caller caller) =>
        IsRaise(question, choice) && !caller.IsAdmin ? new Refusal.NotAllowed($"Limits are raised with the scope admin. Without it: \"{question.Choices[^1]}\".") : null;

    public async Task<DateTimeOffset?> EndedAsync(Question question, string by, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var asked = WorkflowJson.Read<BudgetBreak>(question.Context);
        if (!IsRaise(question, question.Answer))
        {
            return asked.Until;
        }

        await db.Database.ExecuteSqlAsync($"UPDATE openclaw.budgets SET hard = {asked.RaiseTo}, updated_at = now() WHERE id = {asked.BudgetId} AND hard < {asked.RaiseTo}", cancellationToken);
        db.AuditLog.Add(new AuditEntry
        {
            Actor = by,
            Action = "budget.set",
            Subject = question.AgentId is { } id ? $"agent:{id}" : $"owner:{question.Owner}",
            Detail = $"{EnumText.ToLower(asked.Period)}: hard {Money.Say(asked.RaiseTo)} {Money.Currency}, as was answered",
        });
        return time.GetUtcNow();
    }

    public async Task<DateTimeOffset?> FollowUpAsync(Question question, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (asked, now) = (WorkflowJson.Read<BudgetBreak>(question.Context), time.GetUtcNow());
        var isRaise = IsRaise(question, question.Answer);
        if (!isRaise && now < asked.Until)
        {
            return asked.Until;
        }

        var waiting = await PausedBy(question, db).ToListAsync(cancellationToken);
        foreach (var agent in waiting.Where(agent => agent.Operation is null))
        {
            // Each by itself: one that is refused, because somebody else was faster, is no reason for the others to wait.
            using var outside = AmbientTransaction.Suppress();
            await agents.ResumeAsync(agent.Id, checkpoint: null, new Caller(question.Owner, question.AnsweredBy ?? "system"), key: null, cancellationToken);
            outside.Complete();
        }

        return waiting.Count > 0 || (isRaise && now - question.EndedAt < LateFor) ? now + LookAgain : null;
    }

    private static bool IsRaise(Question question, string? choice) => choice == question.Choices[0];

    // Those that are being paused yet among them. Whom somebody has resumed or paused since has another operation.
    private static IQueryable<Agent> PausedBy(Question question, OpenClawDbContext db) => db.Agents.FromSql(
        $"""
        SELECT a.*, a.xmin FROM openclaw.agents a JOIN openclaw_system.workflow_status w ON w.workflow_uuid = a.operation_workflow
        WHERE a.user_id = {question.Owner} AND (a.status = 'paused' AND a.operation IS NULL OR a.operation = 'pause') AND w.name = 'pause_agent' AND w.request ->> 'question' = {question.Id.ToString()}
        """).AsNoTracking();
}
