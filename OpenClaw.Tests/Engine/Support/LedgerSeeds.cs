using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>Rows of the ledger as other builds or other days have left them.</summary>
internal static class LedgerSeeds
{
    /// <summary>An SQL expression: a version 7 id of that long ago.</summary>
    public static string Uuid7(string ago) =>
        $"(lpad(to_hex((extract(epoch FROM now() - interval '{ago}') * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid";

    /// <summary>A run that is due, of a version that this build does not know.</summary>
    public static async Task<Guid> SeedUnknownVersionAsync(this TestDatabase database, Guid agent, string workflow, string step, string request)
    {
        var run = Guid.CreateVersion7();
        await database.ExecuteAsync(
            $"""
            INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name) VALUES ('{run}', 0, '{step}');
            INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at)
            VALUES ('{run}', '{workflow}', 99, 'inline', 'ENQUEUED', '{agent}', 'admin', '{request}', now());
            UPDATE openclaw.agents SET operation = 'pause', operation_workflow = '{run}' WHERE id = '{agent}' AND '{workflow}' = 'pause_agent';
            """);
        return run;
    }
}
