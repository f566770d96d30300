using Npgsql;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Starts the beats that are due. Any number of nodes may sweep at once, whatever their clocks say.</summary>
public sealed class HeartbeatSweep(NpgsqlDataSource dataSource, WorkflowClient workflows)
{
    private const int BatchSize = 250;

    // The schedule moves on by whole intervals, so a beat that was missed many times runs once and the phase stays.
    // The claim is given back by the beat's last step; its limit is for a beat whose end was never written.
    private const string ClaimSql =
        """
        WITH due AS (
            SELECT id, next_heartbeat_at AS due_at FROM openclaw.agents
            WHERE next_heartbeat_at <= now() - $2 AND (heartbeat_claimed_until IS NULL OR heartbeat_claimed_until < now())
            ORDER BY next_heartbeat_at LIMIT $1
            FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE openclaw.agents a
        SET next_heartbeat_at = d.due_at + (floor(extract(epoch FROM now() - d.due_at) / extract(epoch FROM a.heartbeat_interval)) + 1) * a.heartbeat_interval,
            heartbeat_claimed_until = now() + a.heartbeat_interval + interval '10 minutes'
        FROM due d
        WHERE a.id = d.id
        RETURNING a.id, a.user_id, d.due_at, now() - d.due_at
        """;

    /// <summary>Returns how many beats it started.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => RunAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Starts those only that are late by this much.</summary>
    public async Task<int> RunAsync(TimeSpan late, CancellationToken cancellationToken)
    {
        var started = 0;
        for (var batch = BatchSize; batch == BatchSize && !cancellationToken.IsCancellationRequested; started += batch)
        {
            batch = await StartDueAsync(late, cancellationToken);
        }

        return started;
    }

    private async Task<int> StartDueAsync(TimeSpan late, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        var due = await ClaimAsync(late, cancellationToken);
        await workflows.StartManyAsync(HeartbeatWorkflow.Name, due, cancellationToken);
        transaction.Complete();
        return due.Count;
    }

    private async Task<List<WorkflowStart>> ClaimAsync(TimeSpan late, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ClaimSql, connection) { Parameters = { new() { Value = BatchSize }, new() { Value = late } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<WorkflowStart>();
        while (await reader.ReadAsync(cancellationToken))
        {
            OpenClawTelemetry.BeatStarted(reader.GetTimeSpan(3));
            due.Add(Beat(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return due;
    }

    private static WorkflowStart Beat(Guid agentId, string owner, DateTimeOffset dueAt) =>
        new(HeartbeatWorkflow.Name, owner, new HeartbeatRequest(dueAt, OnDemand: false))
        {
            AgentId = agentId,
            IdempotencyKey = $"heartbeat:{agentId}:{dueAt:O}",
        };
}
