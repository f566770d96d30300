using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Heartbeats;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Bench;

/// <summary>What a service has in its tables after a month. Seeded again, it grows.</summary>
internal static class LongLedger
{
    // The version 7 id of row i, which came at that instant.
    private const string IdSql =
        "(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid";

    /// <param name="service">On the database.</param>
    /// <param name="source">The same database.</param>
    /// <param name="agents">How many more; their hearts do not beat while it is measured.</param>
    /// <param name="workflows">How many more ended runs all of them have between them.</param>
    public static async Task SeedAsync(BenchService service, NpgsqlDataSource source, int agents, int workflows)
    {
        await BeatingAgents.SeedAsync(source, agents, "now() + interval '1 day'", "1 day");
        await BenchDatabase.ExecuteAsync(source, WorkflowsSql(workflows));
        await BenchDatabase.ExecuteAsync(source, MessagesSql(workflows / 10));
        await BenchDatabase.ExecuteAsync(source, BeatsSql);
        await BenchDatabase.ExecuteAsync(source, "UPDATE openclaw.workflow_metrics_progress SET counted_until = '-infinity'; DELETE FROM openclaw.workflow_metrics");
        var metrics = service.Services.GetRequiredService<WorkflowMetrics>();
        await metrics.CountAsync(default);
        await metrics.CompactAsync(default);
        await BenchDatabase.ExecuteAsync(source, "VACUUM ANALYZE");
    }

    // A month's runs: mostly heartbeats, mostly well.
    private static string WorkflowsSql(int count) =>
        $"""
        INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at, created_at, completed_at)
        SELECT {IdSql},
               CASE i % 100 WHEN 1 THEN 'pause_agent' WHEN 2 THEN 'resume_agent' ELSE (ARRAY['heartbeat', 'heartbeat', 'heartbeat', 'route_message'])[i % 4 + 1] END, 1, 'inline',
               CASE i % 1000 WHEN 7 THEN 'ERROR' WHEN 8 THEN 'RETRIES_EXCEEDED' WHEN 9 THEN 'CANCELLED' ELSE 'SUCCESS' END,
               agents[i % array_length(agents, 1) + 1], 'admin', '{"{}"}', at, at, at + random() * interval '2 seconds'
        FROM (SELECT i, now() - interval '30 days' * (1 - i / {count}::float8) - interval '1 minute' AS at FROM generate_series(1, {count}) i) run,
             (SELECT array_agg(id) AS agents FROM openclaw.agents) a
        """;

    private static string MessagesSql(int count) =>
        $"""
        INSERT INTO openclaw_system.notifications
            (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, created_at, expires_at)
        SELECT {IdSql},
               'bench-{count}-' || i, 'admin', 'bench', 'agent:' || agent, agent, 'agent:web:' || agent, 'number ' || i, '{"{}"}',
               CASE i % 1000 WHEN 7 THEN 'dead' WHEN 8 THEN 'parked' ELSE 'delivered' END, at, now() + interval '7 days'
        FROM (SELECT i, now() - interval '30 days' * (1 - i / {count}::float8) - interval '1 minute' AS at, agents[i % array_length(agents, 1) + 1] AS agent
              FROM generate_series(1, {count}) i, (SELECT array_agg(id) AS agents FROM openclaw.agents) a) message
        """;

    private const string BeatsSql =
        """
        INSERT INTO openclaw.heartbeat_executions (id, agent_id, workflow_uuid, status, due_at, started_at, completed_at)
        SELECT workflow_uuid, agent_id, workflow_uuid, 'ok', created_at, created_at, completed_at FROM openclaw_system.workflow_status WHERE name = 'heartbeat'
        ON CONFLICT (id) DO NOTHING
        """;
}
