using Npgsql;
using OpenClaw.Data.Conventions;

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

    /// <summary>How PostgreSQL would find what each rule removes, if reading whole tables were no choice.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> ExplainAsync(CancellationToken cancellationToken)
    {
        var plans = new Dictionary<string, string>();
        foreach (var rule in Rules())
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('enable_seqscan', 'off', true)"));
            var explain = new NpgsqlBatchCommand($"EXPLAIN SELECT ctid FROM {rule.Table} WHERE {rule.Condition}");
            explain.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = rule.Age });
            batch.BatchCommands.Add(explain);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            var lines = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                lines.Add(reader.GetString(0));
            }

            plans[rule.Name] = string.Join('\n', lines);
        }

        return plans;
    }

    private async Task<long> RemoveAsync(Rule rule, CancellationToken cancellationToken)
    {
        var removed = 0L;
        for (var batch = BatchSize; batch == BatchSize && !cancellationToken.IsCancellationRequested; removed += batch)
        {
            await using var command = Command(
                rule.Removal ?? $"DELETE FROM {rule.Table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {rule.Table} WHERE {rule.Condition} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))", rule);
            batch = rule.Removal is null ? await command.ExecuteNonQueryAsync(cancellationToken) : (int)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return removed;
    }

    private NpgsqlCommand Command(string sql, Rule rule)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = rule.Age });
        return command;
    }

    // Finds by the primary key, or another index that ends with it, what is older: nothing ends before it was created.
    private const string Floor = Uuid7.FloorSql;

    // Steps and events of a workflow go with it. Every condition follows an index, or the table is small.
    private Rule[] Rules() =>
    [
        new("heartbeat_workflows", "openclaw_system.workflow_status", $"name = 'heartbeat' AND workflow_uuid < {Floor} AND completed_at < now() - $1 AND status = 'SUCCESS'", policy.Heartbeats),
        new("ended_workflows", "openclaw_system.workflow_status", $"workflow_uuid < {Floor} AND completed_at < now() - $1 AND status IN ('SUCCESS', 'CANCELLED')", policy.Ended),
        new("failed_workflows", "openclaw_system.workflow_status", $"workflow_uuid < {Floor} AND completed_at < now() - $1 AND status IN ('ERROR', 'RETRIES_EXCEEDED')", policy.Failed),
        new("quiet_heartbeats", "openclaw.heartbeat_executions", $"id < {Floor} AND completed_at < now() - $1 AND (status IN ('skipped', 'quiet') OR status = 'ok' AND reason IS NULL)", policy.Heartbeats),
        new("heartbeats", "openclaw.heartbeat_executions", $"id < {Floor} AND completed_at < now() - $1", policy.Ended),
        new("messages", "openclaw_system.notifications", $"id < {Floor} AND created_at < now() - $1 AND state = 'delivered'", policy.Ended),
        new("dead_messages", "openclaw_system.notifications", $"id < {Floor} AND created_at < now() - $1 AND state = 'dead'", policy.Failed),
        new("checkpoints", "openclaw.agent_checkpoints", $"id < {Floor} AND number < (SELECT max(newer.number) FROM openclaw.agent_checkpoints newer WHERE newer.agent_id = agent_checkpoints.agent_id)", policy.Ended),
        new("quiet_turns", "openclaw.conversation_turns", "forgotten_at < now() - $1 AND forgotten_at = created_at", policy.Heartbeats),
        new("forgotten_turns", "openclaw.conversation_turns", "forgotten_at < now() - $1", policy.Ended),
        new("turns_of_stopped_agents", "openclaw.conversation_turns", "forgotten_at IS NULL AND agent_id IN (SELECT id FROM openclaw.agents WHERE status = 'stopped' AND stopped_at < now() - $1)", policy.Failed),
        new("session_turns", "openclaw.session_turns", "created_at < now() - $1", policy.Heartbeats),
        new("run_log", "openclaw.run_log", $"run_id < {Floor} AND NOT EXISTS (SELECT FROM openclaw_system.notifications message WHERE message.id = run_log.run_id AND message.state IN ('accepted', 'parked'))", policy.RunLog),
        new("whatsapp_messages", "openclaw.whatsapp_messages", $"id < {Floor} AND created_at < now() - $1", policy.Ended),
        new("commands", "openclaw.commands", $"id < {Floor} AND created_at < now() - $1", policy.Failed),
        new("work_items", "openclaw.work_items", $"id < {Floor} AND updated_at < now() - $1 AND state <> 'active'", policy.Failed),
        new("questions", "openclaw.questions", $"id < {Floor} AND ended_at < now() - $1 AND state <> 'open' AND follow_up_at IS NULL", policy.Failed),
        new("schedule_runs", "openclaw.schedule_runs", $"id < {Floor} AND created_at < now() - $1", policy.Ended),
        new("audit_log", "openclaw.audit_log", "created_at < now() - $1", policy.Audit) { Removal = $"SELECT openclaw.trim_audit(now() - $1, {BatchSize})" },
        new("idempotency_keys", "openclaw.idempotency_keys", "created_at < now() - $1", policy.Ended),
        new("sql_requests", "openclaw.sql_requests", "created_at < now() - $1 AND taken_at IS NOT NULL", policy.Ended),
        new("health_checks", "openclaw.health_checks", "checked_at < now() - $1", policy.Heartbeats),
        new("health_transitions", "openclaw.health_transitions", "at < now() - $1", policy.Failed),
        new("workflow_metrics", "openclaw.workflow_metrics", "bucket < now() - $1", policy.Failed),
        new("executors", "openclaw_system.executors", "stopped_at < now() - $1", policy.Ended),
    ];

    private sealed record Rule(string Name, string Table, string Condition, TimeSpan Age)
    {
        /// <summary>A statement that removes a batch and says how many that was, where a plain one may not; null for a plain one.</summary>
        public string? Removal { get; init; }
    }
}
