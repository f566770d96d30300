using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Closes the beat's record with what the agent said. Commits with its checkpoint.</summary>
public sealed class RecordResultsStep(UsageLedger usages, BudgetKeeper budgets) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        if (!opened.Beats)
        {
            return null;
        }

        var result = await context.OutputOfAsync<HeartbeatResult>("run_checklist", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw.heartbeat_executions
            SET status = {EnumText.ToLower(result.Status)}, reason = {result.Reason}, checklist_results = {WorkflowJson.Write(result.Checklist)}::jsonb,
                gates = {WorkflowJson.Write(result.Gates)}::jsonb, completed_at = now()
            WHERE workflow_uuid = {context.WorkflowUuid}
            """,
            cancellationToken);
        // Of the step that asked.
        var turn = $"{context.WorkflowUuid}:run_checklist";
        if (result.Usage is not null)
        {
            await usages.RecordAsync(await db.LockAgentAsync(context.AgentId, cancellationToken), turn, SpendingKind.Beat, result.Usage, db, cancellationToken);
        }
        else if (result.IsRefused)
        {
            await budgets.PauseAsync(await db.LockAgentAsync(context.AgentId, cancellationToken), result.Reason!, $"{turn}:budget", result.Asks, db, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return new RecordedResults(result.Status) { HasNote = result is { Status: HeartbeatStatus.Ok, Reason: not null } };
    }
}
