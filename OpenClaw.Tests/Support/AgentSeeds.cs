namespace OpenClaw.Tests.Support;

/// <summary>Running agents, without the work of provisioning each.</summary>
internal static class AgentSeeds
{
    /// <param name="database">Where.</param>
    /// <param name="model">Of each; the part behind the slash and a number is its name.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">SQL: when the heart of agent number i beats next.</param>
    /// <param name="interval">Between its beats.</param>
    public static Task SeedAgentsAsync(this TestDatabase database, string model, int count, string due = "now()", string interval = "1 hour") => database.ExecuteAsync(
        $$"""
        INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration, next_heartbeat_at)
        SELECT gen_random_uuid(), '{{model.Split('/')[1]}}' || i, '{{model}}', 'admin', 'running', 'agent:web:{{model.Split('/')[1]}}' || i, true, '{{interval}}', '{}', '{}', {{due}} FROM generate_series(1, {{count}}) i
        """);
}
