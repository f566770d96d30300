using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Dashboard.Support;

/// <summary>Agents, messages, notices and runs in every state, each state another number, some of more than a page.</summary>
internal static class FigureSeeds
{
    public static async Task SeedFiguresAsync(this TestDatabase database)
    {
        foreach (var (status, count) in new[] { ("provisioning", 2), ("running", 54), ("paused", 3), ("stopped", 5), ("failed", 4) })
        {
            await database.ExecuteAsync(
                $$"""
                INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration)
                SELECT gen_random_uuid(), '{{status}} ' || i, 'local/echo', 'admin', '{{status}}', 'agent:web:{{status}}-' || i, false, '1 hour', '{}', '{}' FROM generate_series(1, {{count}}) i
                """);
        }

        // Clients that never come, so that what waits goes on waiting.
        await MessagesAsync(database, "client:absent", "accepted", 6, "1 hour");
        await MessagesAsync(database, "client:absent", "parked", 61, "2 hours");
        await MessagesAsync(database, "client:absent", "delivered", 3, "1 hour");
        await MessagesAsync(database, "client:absent", "dead", 7, "6 days");
        await MessagesAsync(database, "client:absent", "dead", 9, "8 days");
        await MessagesAsync(database, "owner:admin", "parked", 52, "1 hour");
        await MessagesAsync(database, "owner:admin", "dead", 8, "6 days");
        await MessagesAsync(database, "owner:admin", "dead", 5, "8 days");
        await MessagesAsync(database, "owner:admin", "delivered", 4, "1 hour");

        // What an agent answers its owner is a message and not a notice.
        await MessagesAsync(database, "owner:admin", "dead", 2, "1 day", reply: true);

        await RunsAsync(database, "pause_agent", "PENDING", 55, "3 days", "NULL");
        await RunsAsync(database, "pause_agent", "ENQUEUED", 4, "1 minute", "NULL");
        await RunsAsync(database, "pause_agent", "SUCCESS", 53, "30 minutes", "now() - interval '20 minutes'");
        await RunsAsync(database, "pause_agent", "ERROR", 3, "40 minutes", "now() - interval '20 minutes'");
        await RunsAsync(database, "pause_agent", "RETRIES_EXCEEDED", 2, "30 hours", "now() - interval '10 minutes'");
        await RunsAsync(database, "pause_agent", "CANCELLED", 6, "30 hours", "now() - interval '20 hours'");
        await RunsAsync(database, "pause_agent", "SUCCESS", 11, "30 hours", "now() - interval '29 hours'");
        await RunsAsync(database, "resume_agent", "ERROR", 12, "6 days", "now() - interval '5 days'");
        await RunsAsync(database, "retired_workflow", "SUCCESS", 5, "50 minutes", "now() - interval '40 minutes'");

        await RunsAsync(database, "heartbeat", "SUCCESS", 30, "2 minutes", "now() - interval '1 minute'");
        await RunsAsync(database, "heartbeat", "ERROR", 1, "2 minutes", "now() - interval '1 minute'");

        // They ended before the service began to count.
        await database.ExecuteAsync("DELETE FROM openclaw.workflow_metrics; UPDATE openclaw.workflow_metrics_progress SET counted_until = now() - interval '30 days'");
    }

    private static Task MessagesAsync(TestDatabase database, string recipient, string state, int count, string ago, bool reply = false) => database.ExecuteAsync(
        $$"""
        INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, content, metadata, state, state_reason, reply_to, expires_at, created_at)
        SELECT {{LedgerSeeds.Uuid7(ago)}}, gen_random_uuid()::text, 'admin', 'figures', '{{recipient}}', 'number ' || i, '{}', '{{state}}', 'as seeded', {{(reply ? "gen_random_uuid()" : "NULL::uuid")}},
               now() + interval '7 days', now() - interval '{{ago}}'
        FROM generate_series(1, {{count}}) i
        """);

    private static Task RunsAsync(TestDatabase database, string name, string status, int count, string started, string completed) => database.ExecuteAsync(
        $$"""
        INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, error, due_at, created_at, completed_at)
        SELECT {{LedgerSeeds.Uuid7(started)}}, '{{name}}', 1, 'chained', '{{status}}', 'admin', 'null',
               {{(status is "ERROR" or "RETRIES_EXCEEDED" or "CANCELLED" ? """'{"code": "step_failed", "message": "as seeded"}'::jsonb""" : "NULL::jsonb")}},
               now() + interval '1 day', now() - interval '{{started}}', {{completed}}
        FROM generate_series(1, {{count}})
        """);
}
