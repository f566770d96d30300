using Npgsql;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Removes what has been kept long enough, in batches that hold no lock for long. Nothing that may still run is touched.</summary>
public sealed class Retention(NpgsqlDataSource dataSource, RetentionPolicy policy)
{
    private const int BatchSize = 1_000;

    /// <summary>Tells what a run would remove now.</summary>
    public async Task<IReadOnlyDictionary<string, long>> LookAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        foreach (var rule in Rules())
        {
            await using var command = Command($"SELECT count(*) FROM {rule.Table} WHERE {rule.Condition}", rule);
            counts[rule.Name] = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return counts;
    }

    /// <summary>Removes it, and tells how much it was.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        foreach (var rule in Rules())
        {
            counts[rule.Name] = await RemoveAsync(rule, cancellationToken);
        }

        return counts;
    }

    private async Task<long> RemoveAsync(Rule rule, CancellationToken cancellationToken)
    {
        var removed = 0L;
        for (var batch = BatchSize; batch == BatchSize && !cancellationToken.IsCancellationRequested; removed += batch)
        {
            await using var command = Command(
                $"DELETE FROM {rule.Table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {rule.Table} WHERE {rule.Condition} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))", rule);
            batch = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return removed;
    }

    private NpgsqlCommand Command(string sql, Rule rule)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = rule.Age });
        return command;
    }

    // Steps and events of a workflow go with it. Conditions follow the indexes: BRIN on completed_at, and primary keys.
    private Rule[] Rules() =>
    [
        new("heartbeat_workflows", "openclaw_system.workflow_status", "completed_at < now() - $1 AND status = 'SUCCESS' AND name = 'heartbeat'", policy.Heartbeats),
        new("ended_workflows", "openclaw_system.workflow_status", "completed_at < now() - $1 AND status IN ('SUCCESS', 'CANCELLED')", policy.Ended),
        new("failed_workflows", "openclaw_system.workflow_status", "completed_at < now() - $1 AND status IN ('ERROR', 'RETRIES_EXCEEDED')", policy.Failed),
        new("heartbeats", "openclaw.heartbeat_executions", "completed_at < now() - $1", policy.Ended),
        new("messages", "openclaw_system.notifications", "created_at < now() - $1 AND state = 'delivered'", policy.Ended),
        new("idempotency_keys", "openclaw.idempotency_keys", "created_at < now() - $1", policy.Ended),
        new("health_transitions", "openclaw.health_transitions", "at < now() - $1", policy.Failed),
        new("workflow_metrics", "openclaw.workflow_metrics", "bucket < now() - $1", policy.Failed),
        new("executors", "openclaw_system.executors", "stopped_at < now() - $1", policy.Ended),
    ];

    private sealed record Rule(string Name, string Table, string Condition, TimeSpan Age);
}
