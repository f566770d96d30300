using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>A beat that could not be had is recorded as failed, its owner hears of it, and the schedule goes on.</summary>
public sealed class HeartbeatHooks(MessageRouter router, TimeProvider time) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        AgentSchedule.Refresh(agent, time.GetUtcNow());
        var execution = await db.HeartbeatExecutions.SingleOrDefaultAsync(row => row.WorkflowUuid == workflow.WorkflowUuid, cancellationToken);
        if (execution is { Status: HeartbeatStatus.Running })
        {
            execution.Status = HeartbeatStatus.Failed;
            execution.Reason = error.Message;
            execution.CompletedAt = time.GetUtcNow();
            router.TellOwner(agent, $"{workflow.WorkflowUuid}:failed:{workflow.LeaseEpoch}", $"{agent.Name} missed a heartbeat: {error.Message}", db);
        }
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var execution = await db.HeartbeatExecutions.SingleOrDefaultAsync(row => row.WorkflowUuid == workflow.WorkflowUuid, cancellationToken);
        if (execution is not null)
        {
            execution.Status = HeartbeatStatus.Running;
            execution.CompletedAt = null;
        }

        return null;
    }
}
