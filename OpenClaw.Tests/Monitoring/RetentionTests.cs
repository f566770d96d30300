using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

public sealed class RetentionTests
{
    private const string Count = "SELECT count(*) FROM openclaw_system.workflow_status WHERE owner = 'somebody'";

    [Test]
    public async Task What_was_kept_long_enough_goes_in_batches_and_everything_else_stays()
    {
        await using var service = await RunningService.StartAsync();
        await SeedAsync(service, "heartbeat", "SUCCESS", "25 hours", 2_500);
        await SeedAsync(service, "heartbeat", "SUCCESS", "23 hours", 1);
        await SeedAsync(service, "heartbeat", "ERROR", "25 hours", 1);
        await SeedAsync(service, "pause_agent", "SUCCESS", "29 days", 1);
        await SeedAsync(service, "pause_agent", "CANCELLED", "31 days", 1);
        await SeedAsync(service, "pause_agent", "ERROR", "89 days", 1);
        await SeedAsync(service, "pause_agent", "RETRIES_EXCEEDED", "91 days", 1);
        await SeedAsync(service, "pause_agent", "PENDING", "400 days", 1);

        var removable = (await service.Api.GetJsonAsync("/api/v1/retention")).Body.GetProperty("removable");
        Assert.That(await service.Database.TextAsync(Count), Is.EqualTo("2507"), "Asking removes nothing.");
        var removed = await service.Services.GetRequiredService<Retention>().RunAsync(default);

        foreach (var counts in new Func<string, long>[] { name => removable.GetProperty(name).GetInt64(), name => removed[name] })
        {
            Assert.That((counts("heartbeat_workflows"), counts("ended_workflows"), counts("failed_workflows")), Is.EqualTo((2_500, 1, 1)));
        }

        Assert.That(await service.Database.TextAsync(Count), Is.EqualTo("5"));
    }

    [Test]
    public async Task Each_kind_of_row_goes_when_its_time_is_over_and_not_before()
    {
        await using var service = await RunningService.StartAsync();
        var agent = await service.Api.ProvisionAsync();
        var before = await service.Services.GetRequiredService<Retention>().RunAsync(default);
        foreach (var (status, ago, note) in new[] { ("ok", "23 hours", "NULL"), ("ok", "25 hours", "NULL"), ("ok", "25 hours", "'The backup failed.'"), ("skipped", "25 hours", "'paused'"), ("alert", "29 days", "'full'"), ("failed", "31 days", "'away'") })
        {
            await service.Database.ExecuteAsync($"INSERT INTO openclaw.heartbeat_executions (id, agent_id, workflow_uuid, status, reason, due_at, completed_at) VALUES ({LedgerSeeds.Uuid7(ago)}, '{agent}', gen_random_uuid(), '{status}', {note}, now(), now() - interval '{ago}')");
        }

        foreach (var (state, ago) in new[] { ("delivered", "29 days"), ("delivered", "31 days"), ("dead", "89 days"), ("dead", "91 days"), ("parked", "6 days"), ("parked", "98 days") })
        {
            await service.Database.ExecuteAsync(
                $"""
                INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, content, metadata, state, created_at, expires_at)
                VALUES ({LedgerSeeds.Uuid7(ago)}, gen_random_uuid(), 'admin', 'somebody', 'owner:admin', 'text', '{"{}"}', '{state}', now() - interval '{ago}', now() - interval '{ago}' + interval '7 days')
                """);
        }

        // Of a message that waits it stays, and of one that has come within a day.
        await service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw.run_log (run_id, "offset", position, text) SELECT {LedgerSeeds.Uuid7("25 hours")}, 1, 0, 'text' FROM generate_series(1, 2);
            INSERT INTO openclaw.run_log (run_id, "offset", position, text) SELECT {LedgerSeeds.Uuid7("23 hours")}, 1, 0, 'text';
            INSERT INTO openclaw.run_log (run_id, "offset", position, text) SELECT id, 1, 0, 'text' FROM openclaw_system.notifications WHERE state = 'parked' AND created_at < now() - interval '5 days';
            """);
        foreach (var (state, ended) in new[] { ("answered", "89 days"), ("answered", "91 days"), ("open", "91 days") })
        {
            await service.Database.ExecuteAsync(
                $"""
                INSERT INTO openclaw.questions (id, owner, key, asker, text, choices, state, asked_by, asked_at, expires_at, ended_at)
                VALUES ({LedgerSeeds.Uuid7("100 days")}, 'admin', gen_random_uuid(), 'agent', 'text', '{"{Yes,No}"}', '{state}', 'api', now(), now() + interval '1 day', now() - interval '{ended}')
                """);
        }

        foreach (var due in new[] { "31 days", "29 days" })
        {
            await service.Database.ExecuteAsync(
                $"INSERT INTO openclaw.schedule_runs (id, schedule_id, owner, due_at, outcome, created_at) VALUES ({LedgerSeeds.Uuid7(due)}, gen_random_uuid(), 'admin', now(), 'ran', now() - interval '{due}')");
        }

        for (var number = 1; number <= 2; number++)
        {
            await service.Database.ExecuteAsync($"INSERT INTO openclaw.agent_checkpoints (id, agent_id, number, format_version, state, workflow_uuid, created_at) VALUES ({LedgerSeeds.Uuid7("31 days")}, '{agent}', {number}, 1, 'null', gen_random_uuid(), now() - interval '31 days')");
        }

        await service.Database.ExecuteAsync(
            """
            SELECT openclaw.seal_audit(1000, 1000);
            SET session_replication_role = replica;
            UPDATE openclaw.audit_log SET created_at = now() - interval '366 days' WHERE id = (SELECT entry_id FROM openclaw.audit_seals ORDER BY seq LIMIT 1);
            SET session_replication_role = origin;
            INSERT INTO openclaw.idempotency_keys (owner, key, fingerprint, decision, created_at) SELECT 'o', i, '', 'null', now() - i * interval '1 day' FROM unnest(ARRAY[29, 31]) i;
            INSERT INTO openclaw.health_transitions (name, node, to_status, detail, at) SELECT 'n', '', 'ok', '', now() - i * interval '1 day' FROM unnest(ARRAY[89, 91]) i;
            INSERT INTO openclaw.health_checks (name, node, status, detail, since, checked_at) VALUES ('old', 'gone', 'ok', '', now(), now() - interval '25 hours');
            INSERT INTO openclaw.workflow_metrics (name, bucket, status, duration_bucket, runs, total_ms) SELECT 'n', now() - i * interval '1 day', 'SUCCESS', 1, 1, 1 FROM unnest(ARRAY[89, 91]) i;
            INSERT INTO openclaw.agent_usage (agent_id, day, turns, input_tokens, output_tokens) SELECT id, current_date - 400, 1, 1, 1 FROM openclaw.agents;
            INSERT INTO openclaw_system.executors (executor_id, node, pid, version, stopped_at) SELECT i, 'n', 1, '0', now() - i * interval '1 day' FROM unnest(ARRAY[29, 31]) i;
            """);

        var gone = await SeedStoppedAgentAsync(service, "91 days");
        foreach (var (whose, created, forgotten) in new[]
        {
            (agent, "400 days", null), (agent, "400 days", "29 days"), (agent, "400 days", "31 days"), (agent, "23 hours", "23 hours"), (agent, "25 hours", "25 hours"),
            (gone, "400 days", null), (await SeedStoppedAgentAsync(service, "89 days"), "400 days", null),
        })
        {
            await SeedTurnAsync(service, whose, created, forgotten);
        }

        var removed = await service.Services.GetRequiredService<Retention>().RunAsync(default);

        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw.agent_usage"), Is.EqualTo("1"), "What turns took stays when they go.");
        Assert.That(await MessagesAsync("parked"), Is.EqualTo("2"), "What waits is given up first.");
        await service.Services.GetRequiredService<MessageExpiry>().RunAsync(default);
        Assert.That((await MessagesAsync("parked"), await MessagesAsync("dead")), Is.EqualTo(("1", "2")));
        Assert.That((await service.Services.GetRequiredService<Retention>().RunAsync(default))["dead_messages"], Is.EqualTo(1));
        Assert.That(before.Values, Is.All.Zero);

        Task<string> MessagesAsync(string state) => service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE sender = 'somebody' AND state = '{state}'");
        Assert.That(removed, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["heartbeat_workflows"] = 0,
            ["ended_workflows"] = 0,
            ["failed_workflows"] = 0,
            ["quiet_heartbeats"] = 2,
            ["heartbeats"] = 1,
            ["messages"] = 1,
            ["dead_messages"] = 1,
            ["checkpoints"] = 1,
            ["quiet_turns"] = 1,
            ["forgotten_turns"] = 1,
            ["turns_of_stopped_agents"] = 1,
            ["session_turns"] = 0,
            ["whatsapp_messages"] = 0,
            ["commands"] = 0,
            ["work_items"] = 0,
            ["run_log"] = 2,
            ["audit_log"] = 1,
            ["idempotency_keys"] = 1,
            ["sql_requests"] = 0,
            ["questions"] = 1,
            ["schedule_runs"] = 1,
            ["health_checks"] = 1,
            ["health_transitions"] = 1,
            ["workflow_metrics"] = 1,
            ["executors"] = 1,
        }));
    }

    [Test]
    public async Task Every_condition_on_a_large_table_follows_an_index()
    {
        await using var service = await RunningService.StartAsync();

        var plans = await service.Services.GetRequiredService<Retention>().ExplainAsync(default);

        foreach (var name in new[] { "heartbeat_workflows", "ended_workflows", "failed_workflows", "quiet_heartbeats", "heartbeats", "messages", "dead_messages", "checkpoints", "quiet_turns", "forgotten_turns", "turns_of_stopped_agents", "whatsapp_messages", "commands", "work_items", "audit_log", "idempotency_keys", "sql_requests", "questions", "schedule_runs" })
        {
            Assert.That(plans[name], Does.Match(@"Index Cond|Recheck Cond"), name);
        }
    }

    private static async Task<Guid> SeedStoppedAgentAsync(RunningService service, string ago) => Guid.Parse(await service.Database.TextAsync(
        $"""
        INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration, stopped_at)
        VALUES (gen_random_uuid(), 'gone', 'openai/any', 'admin', 'stopped', 'agent:web:gone-{ago}', false, '1 hour', '{"{}"}', '{"{}"}', now() - interval '{ago}') RETURNING id::text
        """));

    private static Task SeedTurnAsync(RunningService service, Guid agent, string created, string? forgotten) => service.Database.ExecuteAsync(
        $"""
        INSERT INTO openclaw.conversation_turns (agent_id, session_key, turn_key, model, message, reply, created_at, forgotten_at)
        VALUES ('{agent}', 'agent:web:any', gen_random_uuid(), 'openai/any', 'hello', 'hello', now() - interval '{created}', now() - {(forgotten is null ? "NULL::interval" : $"interval '{forgotten}'")})
        """);

    private static Task SeedAsync(RunningService service, string name, string status, string ago, int count)
    {
        var completed = status == "PENDING" ? "NULL" : $"now() - interval '{ago}'";
        return service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, due_at, executor_id, created_at, completed_at)
            SELECT {LedgerSeeds.Uuid7(ago)}, '{name}', 1, 'inline', '{status}', 'somebody', 'null', now() + interval '1 hour', NULL, now() - interval '{ago}', {completed}
            FROM generate_series(1, {count})
            """);
    }
}
