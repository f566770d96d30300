using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Tells the owner what needs telling, and keeps count of failures. Commits with its checkpoint, so once.</summary>
public sealed class AlertIfNeededStep(HeartbeatOutcome outcome) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        if (!opened.Beats)
        {
            return null;
        }

        var recorded = await context.OutputOfAsync<RecordedResults>("record_results", cancellationToken);
        if (recorded.Status is not (HeartbeatStatus.Ok or HeartbeatStatus.Quiet) || recorded.HasNote || !opened.Healthy)
        {
            var execution = await db.HeartbeatExecutions.AsNoTracking().SingleAsync(row => row.WorkflowUuid == context.WorkflowUuid, cancellationToken);
            var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
            await outcome.ApplyAsync(agent, execution, context.IdempotencyKey, execution.CompletedAt ?? execution.StartedAt, db, cancellationToken);
        }

        return recorded;
    }
}
