using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>
/// A beat that could not be had is recorded as failed, and the schedule goes on; of an agent that is being put to rest, or
/// was, it is no failure.
/// </summary>
public sealed class HeartbeatHooks(HeartbeatOutcome outcome, BrakeBoard brakes) : IWorkflowHooks
{
    public async Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(workflow.AgentId!.Value, cancellationToken);
        var request = WorkflowJson.Read<HeartbeatRequest>(workflow.Request);
        if (!request.OnDemand)
        {
            agent.HeartbeatClaimedUntil = null;
        }

        var now = await db.NowAsync(cancellationToken);
        var execution = await db.HeartbeatExecutions.SingleOrDefaultAsync(row => row.WorkflowUuid == workflow.WorkflowUuid, cancellationToken);
        if (execution is null)
        {
            // It ended before it had begun.
            execution = new HeartbeatExecution
            {
                Id = Guid.CreateVersion7(),
                AgentId = agent.Id,
                WorkflowUuid = workflow.WorkflowUuid,
                Status = HeartbeatStatus.Running,
                DueAt = request.DueAt,
                StartedAt = now,
            };
            db.HeartbeatExecutions.Add(execution);
        }

        if (execution is { Status: HeartbeatStatus.Running })
        {
            var isSkipped = workflow.Status is WorkflowStatus.Cancelled || OpenExecutionStep.WhyResting(agent) is not null;
            execution.Status = isSkipped ? HeartbeatStatus.Skipped : HeartbeatStatus.Failed;
            execution.Reason = workflow.Status is WorkflowStatus.Cancelled ? brakes.Aborting(agent.UserId, agent.Id)?.WhyAborted ?? error.Message : error.Message;
            execution.CompletedAt = now;
            await outcome.ApplyAsync(agent, execution, $"{workflow.WorkflowUuid}:{workflow.LeaseEpoch}", now, db, cancellationToken);
        }
    }

    public async Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        // From here on it is a person's: the schedule has gone on, and its claim is another beat's.
        var request = WorkflowJson.Read<HeartbeatRequest>(workflow.Request);
        db.Entry(workflow).Property(run => run.Request).CurrentValue = WorkflowJson.Write(request with { OnDemand = true })!;
        var execution = await db.HeartbeatExecutions.SingleOrDefaultAsync(row => row.WorkflowUuid == workflow.WorkflowUuid, cancellationToken);
        if (execution is not null)
        {
            execution.Status = HeartbeatStatus.Running;
            execution.CompletedAt = null;
        }

        return null;
    }

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("A heartbeat belongs to its moment. Ask for a new one (POST /api/v1/agents/{id}/heartbeat).");
}
