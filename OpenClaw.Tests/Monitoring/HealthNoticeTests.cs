using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>What owners are told of health is a message as any other: in order, and gone when its time is over.</summary>
public sealed class HealthNoticeTests
{
    [Test]
    public async Task Notices_of_health_have_ids_of_their_time_and_stand_in_order_among_others()
    {
        await using var service = await RunningService.StartAsync();
        await service.Database.SeedAgentsAsync("local/echo", 1, due: "NULL");
        await service.Database.ExecuteAsync("INSERT INTO openclaw.agents (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration) VALUES (gen_random_uuid(), 'b', 'local/echo', 'another', 'running', 'agent:web:b', false, '1 hour', '{}', '{}')");
        var health = service.Services.GetRequiredService<HealthLedger>();

        for (var change = 1; change <= 4; change++)
        {
            await health.WriteAsync("probe", ofNode: false, new HealthFinding(change % 2 == 1 ? HealthStatus.Failed : HealthStatus.Ok, $"change {change}"), default);
        }

        Assert.That(
            await service.Database.LinesAsync("SELECT owner || ' ' || substr(content, length(content)), substr(id::text, 15, 1) FROM openclaw_system.notifications WHERE sender = 'health' ORDER BY owner, id"),
            Is.EqualTo(new[] { "admin 1|7", "admin 2|7", "admin 3|7", "admin 4|7", "another 1|7", "another 2|7", "another 3|7", "another 4|7" }));
        Assert.That(
            await service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE sender = 'health' AND abs(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - extract(epoch FROM created_at) * 1000) > 10000"),
            Is.EqualTo("0"));
    }

    [Test]
    public async Task Notices_that_an_earlier_build_stored_get_ids_of_their_time_and_their_messages_still_name_them()
    {
        await using var database = await TestDatabase.CreateAsync();
        var options = new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(database.ConnectionString).Options;
        await using var db = new OpenClawDbContext(options);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("20261126170000_FindAgents");
        await database.ExecuteAsync(
            """
            INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, content, metadata, state, created_at, expires_at)
            SELECT id, 'health:' || n, 'admin', sender, 'owner:admin', 'text ' || n, '{}', state, created_at, created_at + interval '7 days'
            FROM (VALUES
                ('fd3c5a1e-9f5b-4d0a-8c11-6f2f6e6b0001'::uuid, 1, 'health', 'delivered', now() - interval '40 days'),
                ('0a3c5a1e-9f5b-4d0a-9c11-6f2f6e6b0002'::uuid, 2, 'health', 'dead', now() - interval '3 days'),
                ('019a3c5a-1e9f-7d0a-9c11-6f2f6e6b0003'::uuid, 3, 'health', 'parked', now()),
                ('9d3c5a1e-9f5b-4d0a-9c11-6f2f6e6b0004'::uuid, 4, 'somebody', 'dead', now())) AS row (id, n, sender, state, created_at);
            INSERT INTO openclaw.contacts (number) VALUES ('+4915112345678');
            INSERT INTO openclaw.whatsapp_messages (id, contact, direction, state, body, key, carries, created_at, updated_at)
            VALUES ('019a3c5a-1e9f-7d0a-9c11-6f2f6e6b0005', '+4915112345678', 'out', 'sent', 'text', 'notice:1', ARRAY['019a3c5a-1e9f-7d0a-9c11-6f2f6e6b0003', 'fd3c5a1e-9f5b-4d0a-8c11-6f2f6e6b0001']::uuid[], now(), now());
            """);

        await migrator.MigrateAsync();

        Assert.That(
            await database.LinesAsync("SELECT content, substr(id::text, 15), round(extract(epoch FROM now() - to_timestamp(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)) / 86400) FROM openclaw_system.notifications WHERE sender = 'health' AND content <> 'text 3' ORDER BY content"),
            Is.EqualTo(new[] { "text 1|7d0a-8c11-6f2f6e6b0001|40", "text 2|7d0a-9c11-6f2f6e6b0002|3" }));
        Assert.That(
            await database.LinesAsync("SELECT n.content FROM openclaw.whatsapp_messages w, unnest(w.carries) WITH ORDINALITY AS c (id, n) JOIN openclaw_system.notifications n ON n.id = c.id ORDER BY c.n"),
            Is.EqualTo(new[] { "text 3", "text 1" }));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE id IN ('019a3c5a-1e9f-7d0a-9c11-6f2f6e6b0003', '9d3c5a1e-9f5b-4d0a-9c11-6f2f6e6b0004')"), Is.EqualTo("2"));
    }
}
