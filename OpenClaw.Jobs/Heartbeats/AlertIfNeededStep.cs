using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Writes the owner a message when the agent reported something. Commits with its checkpoint, so once.</summary>
public sealed class AlertIfNeededStep(MessageRouter router) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var execution = await db.HeartbeatExecutions.AsNoTracking().SingleAsync(row => row.WorkflowUuid == context.WorkflowUuid, cancellationToken);
        if (execution.Status is not (HeartbeatStatus.Alert or HeartbeatStatus.Failed))
        {
            return new { alerted = false };
        }

        var agent = await db.Agents.AsNoTracking().SingleAsync(row => row.Id == context.AgentId, cancellationToken);
        router.TellOwner(agent, context.IdempotencyKey, $"{agent.Name}: {execution.Reason}", db);
        return new { alerted = true };
    }
}
