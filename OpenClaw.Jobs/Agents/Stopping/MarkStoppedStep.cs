using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Schedules;

namespace OpenClaw.Jobs.Agents.Stopping;

/// <summary>The agent has ended and is sent nothing on schedule any more; its history stays. Commits with its checkpoint.</summary>
public sealed class MarkStoppedStep(ScheduleJobStore prompts, OwnerNotifier notifier, WorkflowClient workflows, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.Status = AgentStatus.Stopped;
        agent.Operation = null;
        agent.NextHeartbeatAt = null;
        agent.StoppedAt = agent.UpdatedAt = time.GetUtcNow();
        await prompts.ClearAsync(agent.Id, db, cancellationToken);
        await workflows.WakeAgentAsync(agent.Id, cancellationToken);
        await MessageRouter.GiveUpParkedAsync(agent, db, cancellationToken);
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentStopped, detail: null, context.IdempotencyKey), db, cancellationToken);
        return new { status = agent.Status };
    }
}
