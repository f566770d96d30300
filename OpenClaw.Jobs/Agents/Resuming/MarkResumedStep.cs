using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Agents.Resuming;

/// <summary>The agent runs again; the operation goes on until what was parked is on its way. Commits with its checkpoint.</summary>
public sealed class MarkResumedStep(OwnerNotifier notifier, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.Status = AgentStatus.Running;
        agent.ErrorMessage = null;
        agent.PausedAt = null;
        agent.UpdatedAt = time.GetUtcNow();
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentResumed, detail: null, context.IdempotencyKey), db, cancellationToken);
        return new { status = agent.Status };
    }
}
