using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>The agent runs from here on, and gets what was sent to it meanwhile. Commits with its checkpoint.</summary>
public sealed class MarkProvisionedStep(OwnerNotifier notifier, MessageRouter router, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.Status = AgentStatus.Running;
        agent.Operation = null;
        agent.ErrorMessage = null;
        agent.ErrorCount = 0;
        agent.ProvisionedAt = agent.UpdatedAt = time.GetUtcNow();
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentProvisioned, detail: null, context.IdempotencyKey), db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await router.ReleaseParkedAsync(agent, db, cancellationToken);
        return new { status = agent.Status };
    }
}
