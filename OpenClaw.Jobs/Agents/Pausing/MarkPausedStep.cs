using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Agents.Pausing;

/// <summary>The agent rests from here on, and its heart with it. Commits with its checkpoint.</summary>
public sealed class MarkPausedStep(OwnerNotifier notifier, TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        agent.Status = AgentStatus.Paused;
        agent.Operation = null;
        agent.ErrorMessage = null;
        agent.NextHeartbeatAt = null;
        agent.PausedAt = agent.UpdatedAt = time.GetUtcNow();
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentPaused, detail: null, context.IdempotencyKey), db, cancellationToken);
        return new { status = agent.Status };
    }
}
