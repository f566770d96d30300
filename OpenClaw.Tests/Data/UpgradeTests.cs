using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Data;

/// <summary>A database of an older build, with rows in it, under this one.</summary>
public sealed class UpgradeTests
{
    // The last one before runs were queued in the ledger.
    private const string Older = "20261121230000_IndexHeartbeatAlerts";

    private const string Rows =
        """
        INSERT INTO openclaw.agents (id, name, persona, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, heartbeat_active_hours, configuration, next_heartbeat_at)
        SELECT ('00000000-0000-7000-8000-00000000000' || i)::uuid, 'Agent Ä' || i, 'kind', 'local/echo', 'admin', s, 'agent:web:agent-' || i, false, '30 minutes', '{mail}',
               '{"start":"08:00","end":"20:00","time_zone":"Europe/Berlin"}', '{"n":1}', NULL
        FROM unnest(ARRAY['running', 'paused', 'stopped', 'failed', 'provisioning']) WITH ORDINALITY AS a (s, i);

        INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at, completed_at)
        SELECT ('10000000-0000-7000-8000-00000000000' || i)::uuid, n, 1, m, s, '00000000-0000-7000-8000-000000000001', 'admin', r::jsonb, now() + interval '1 day', CASE WHEN s = 'SUCCESS' THEN now() END
        FROM (VALUES (1, 'heartbeat', 'inline', 'SUCCESS', '{}'), (2, 'route_message', 'inline', 'ENQUEUED', '{"message_id":"20000000-0000-7000-8000-000000000002"}'),
                     (3, 'route_message', 'inline', 'ENQUEUED', '{"message_id":"20000000-0000-7000-8000-000000000003"}'), (4, 'pause_agent', 'chained', 'ERROR', '{}')) AS w (i, n, m, s, r);
        INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, output, job_id)
        SELECT ('10000000-0000-7000-8000-00000000000' || i)::uuid, n - 1, s, NULL, CASE WHEN i = 2 AND n = 1 THEN '77' END
        FROM generate_series(2, 3) i, unnest(ARRAY['resolve_recipient', 'deliver', 'reply']) WITH ORDINALITY AS steps (s, n);
        INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, output, job_id)
        VALUES ('10000000-0000-7000-8000-000000000001', 0, 'open_execution', '{}', '5');
        INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor) VALUES ('10000000-0000-7000-8000-000000000001', 'started', 'admin');

        INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, workflow_uuid, expires_at)
        SELECT ('20000000-0000-7000-8000-00000000000' || i)::uuid, 'm' || i, 'admin', 'owner:admin', 'agent:00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', 'agent:web:agent-1',
               'hello ' || i, '{}', 'accepted', ('10000000-0000-7000-8000-00000000000' || i)::uuid, now() + interval '7 days'
        FROM generate_series(2, 3) i;

        INSERT INTO openclaw.agent_checkpoints (id, agent_id, number, format_version, state, workflow_uuid) VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 1, 1, '{}', gen_random_uuid());
        INSERT INTO openclaw.heartbeat_executions (id, agent_id, workflow_uuid, status, due_at) VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', gen_random_uuid(), 'alert', now());
        INSERT INTO openclaw.sessions (key, session_id, agent_id) VALUES ('agent:web:agent-1', gen_random_uuid(), '00000000-0000-7000-8000-000000000001');
        INSERT INTO openclaw.scheduled_prompts (id, agent_id, name, message, cron, enabled, delete_after_run) VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000003', 'daily', 'report', '0 8 * * *', false, false);
        INSERT INTO openclaw.contacts (number, owner) VALUES ('+491701234567', 'admin');
        INSERT INTO openclaw.whatsapp_messages (id, direction, contact, key, body, state) VALUES (gen_random_uuid(), 'out', '+491701234567', 'k', 'x', 'delivered');
        INSERT INTO openclaw.audit_log (actor, action, subject) VALUES ('a', 'b', 'c');
        INSERT INTO openclaw.idempotency_keys (owner, key, fingerprint, decision) VALUES ('admin', 'k', 'abc', '{}');
        """;

    [Test]
    public async Task Every_row_of_an_older_schema_is_kept_and_can_be_read_by_this_build()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = Context(database))
        {
            await db.GetService<IMigrator>().MigrateAsync(Older);
        }

        await database.ExecuteAsync(Rows);
        var before = await CountsAsync(database);

        await DatabaseMigrator.MigrateAsync(database.ConnectionString, () => { }, default);

        var after = await CountsAsync(database);
        Assert.That(before, Is.Not.Empty.And.SubsetOf(after), "No row is lost.");
        Assert.That(await database.LinesAsync("SELECT id::text, queue, due_at <= now() FROM openclaw_system.workflow_status JOIN (SELECT workflow_uuid AS id FROM openclaw_system.workflow_status) w ON w.id = workflow_uuid ORDER BY 1"), Is.EqualTo(new[]
        {
            "10000000-0000-7000-8000-000000000001||False", "10000000-0000-7000-8000-000000000002|messages|True", "10000000-0000-7000-8000-000000000003|messages|False", "10000000-0000-7000-8000-000000000004||False",
        }), "What had a job is due now, what is held stays so.");
        await using var read = Context(database);
        var agents = await read.Agents.AsNoTracking().OrderBy(agent => agent.Id).ToListAsync();
        Assert.That(agents.Select(agent => agent.Status), Is.EqualTo(new[] { AgentStatus.Running, AgentStatus.Paused, AgentStatus.Stopped, AgentStatus.Failed, AgentStatus.Provisioning }));
        Assert.That(agents[0].HeartbeatActiveHours, Is.EqualTo(new ActiveHours("08:00", "20:00", "Europe/Berlin")));
        Assert.That(await read.Messages.CountAsync() + await read.Workflows.CountAsync() + await read.WorkflowSteps.CountAsync() + await read.WorkflowEvents.CountAsync(), Is.EqualTo(2 + 4 + 7 + 1));
        foreach (var rows in new[] { read.AgentCheckpoints.Cast<object>(), read.HeartbeatExecutions, read.Sessions, read.ScheduledPrompts, read.Contacts, read.WhatsAppMessages, read.AuditLog, read.IdempotencyKeys })
        {
            Assert.That(await rows.ToListAsync(), Has.Count.EqualTo(1), rows.ElementType.Name);
        }
    }

    [Test]
    public async Task The_service_starts_on_it_shows_it_and_delivers_what_was_on_its_way()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = Context(database))
        {
            await db.GetService<IMigrator>().MigrateAsync(Older);
        }

        await database.ExecuteAsync(Rows);

        await using var service = await RunningService.StartOnAsync(database);

        Assert.That((await service.Api.GetJsonAsync("/api/v1/agents")).Body.GetProperty("total").GetInt32(), Is.EqualTo(5));
        await Eventually.That(() => database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY sequence"), Is.EqualTo(new[]
        {
            "echo (no model behind this): hello 2", "echo (no model behind this): hello 3",
        }));
    }

    [Test]
    public async Task The_last_migration_can_be_taken_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        await DatabaseMigrator.MigrateAsync(database.ConnectionString, () => { }, default);
        await using var db = Context(database);
        var all = db.Database.GetMigrations().ToList();

        foreach (var before in all.SkipLast(1).Reverse().TakeWhile(name => string.CompareOrdinal(name, Older) >= 0))
        {
            await db.GetService<IMigrator>().MigrateAsync(before);
        }

        await db.Database.MigrateAsync();

        Assert.That(await db.Database.GetAppliedMigrationsAsync(), Is.EqualTo(all));
    }

    private static OpenClawDbContext Context(TestDatabase database) => new(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(database.ConnectionString).Options);

    private static Task<List<string>> CountsAsync(TestDatabase database) => database.LinesAsync(
        """
        SELECT table_schema || '.' || table_name, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', table_schema, table_name), false, true, '')))[1]::text
        FROM information_schema.tables WHERE table_schema IN ('openclaw', 'openclaw_system') AND table_name <> '__migrations' ORDER BY 1
        """);
}
