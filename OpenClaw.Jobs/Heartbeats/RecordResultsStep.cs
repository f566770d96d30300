using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Closes the beat's record with what the agent said. Commits with its checkpoint.</summary>
public sealed class RecordResultsStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        if (!opened.Beats)
        {
            return null;
        }

        var result = await context.OutputOfAsync<HeartbeatResult>("run_checklist", cancellationToken);
        var execution = await db.HeartbeatExecutions.SingleAsync(row => row.WorkflowUuid == context.WorkflowUuid, cancellationToken);
        execution.Status = result.Status;
        execution.Reason = result.Reason;
        execution.ChecklistResults = WorkflowJson.Write(result.Checklist);
        execution.CompletedAt = await db.NowAsync(cancellationToken);
        return new { status = result.Status };
    }
}
