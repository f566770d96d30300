using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Notes the beat and lets the sweep start the next one. Commits with its checkpoint.</summary>
public sealed class ScheduleNextStep : IDatabaseStep
{
    private const int MostDoublings = 11;

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        // The agent may have been put to rest before it was asked.
        var opened = await context.OutputOfAsync<OpenedExecution>("open_execution", cancellationToken);
        var status = opened.Beats ? (await context.OutputOfAsync<RecordedResults>("record_results", cancellationToken)).Status : HeartbeatStatus.Skipped;
        var beats = status is not HeartbeatStatus.Skipped;
        var scheduled = !context.Request<HeartbeatRequest>().OnDemand;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw.agents
            SET last_heartbeat_at = CASE WHEN {beats} THEN now() ELSE last_heartbeat_at END,
                heartbeat_claimed_until = CASE WHEN {scheduled} THEN NULL ELSE heartbeat_claimed_until END
            WHERE id = {context.AgentId}
            """,
            cancellationToken);
        if (status is HeartbeatStatus.Quiet && opened.Backoff is { } backoff)
        {
            await RestAsync(context.AgentId, backoff, db, cancellationToken);
        }

        return null;
    }

    // The sweep has moved the schedule on by an interval; whole intervals more keep its phase. Quiet beats in a row are counted by the index of the agent's
    // beats, up to what doubles a minute to a day.
    private static Task<int> RestAsync(Guid agentId, BeatBackoff backoff, OpenClawDbContext db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        WITH last AS (
            SELECT id, status FROM openclaw.heartbeat_executions WHERE agent_id = {agentId} AND status <> 'skipped' ORDER BY id DESC LIMIT {backoff.After * MostDoublings}
        ), quiet AS (
            SELECT count(*) / {backoff.After} AS doublings FROM last WHERE id > ALL (SELECT id FROM last WHERE status <> 'quiet')
        )
        UPDATE openclaw.agents a
        SET next_heartbeat_at = a.next_heartbeat_at
            + a.heartbeat_interval * greatest(0, least(power(2, quiet.doublings), floor(extract(epoch FROM {backoff.Most}::interval) / extract(epoch FROM a.heartbeat_interval))) - 1)
        FROM quiet WHERE a.id = {agentId} AND a.next_heartbeat_at IS NOT NULL AND quiet.doublings > 0
        """,
        cancellationToken);
}
