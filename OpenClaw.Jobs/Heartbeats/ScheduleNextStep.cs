using OpenClaw.Data;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Notes the beat, and sets the next one if this was one of the schedule's. Commits with its checkpoint.</summary>
public sealed class ScheduleNextStep(TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        if (opened.Beats)
        {
            agent.LastHeartbeatAt = time.GetUtcNow();
        }

        AgentSchedule.Refresh(agent, time.GetUtcNow());
        return new { next_heartbeat_at = agent.NextHeartbeatAt };
    }
}
