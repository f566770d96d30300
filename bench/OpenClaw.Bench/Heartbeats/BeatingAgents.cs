using Npgsql;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>Running agents whose hearts beat, without the work of provisioning each.</summary>
internal static class BeatingAgents
{
    /// <param name="source">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">SQL: when the heart of agent number i beats next.</param>
    /// <param name="interval">Between its beats.</param>
    /// <param name="turn">How long each takes to answer.</param>
    /// <param name="model">Theirs.</param>
    public static async Task SeedAsync(NpgsqlDataSource source, int count, string due, string interval, TimeSpan turn = default, string model = "local/echo")
    {
        await BenchDatabase.ExecuteAsync(
            source,
            $$"""
            INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration, next_heartbeat_at)
            SELECT id, 'agent ' || i, '{{model}}', 'admin', 'running', 'agent:web:' || id, true, '{{interval}}', '{"Is the disk full?"}',
                   jsonb_build_object('turn_delay_ms', {{turn.TotalMilliseconds:0}}), {{due}}
            FROM (SELECT i, gen_random_uuid() AS id FROM generate_series(1, {{count}}) i) agent
            """);
        await BenchDatabase.ExecuteAsync(source, "VACUUM ANALYZE openclaw.agents");
    }
}
