using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Notes the beat and lets the sweep start the next one. Commits with its checkpoint.</summary>
public sealed class ScheduleNextStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        // The agent may have been put to rest before it was asked.
        var beats = (await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken)).Beats
            && (await context.OutputOfAsync<RecordedResults>("record_results", cancellationToken)).Status is not HeartbeatStatus.Skipped;
        var scheduled = !context.Request<HeartbeatRequest>().OnDemand;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw.agents
            SET last_heartbeat_at = CASE WHEN {beats} THEN now() ELSE last_heartbeat_at END,
                heartbeat_claimed_until = CASE WHEN {scheduled} THEN NULL ELSE heartbeat_claimed_until END
            WHERE id = {context.AgentId}
            """,
            cancellationToken);
        return null;
    }
}
