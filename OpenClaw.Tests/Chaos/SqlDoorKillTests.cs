using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>What was asked by SQL is asked once, however often the node that takes it is killed.</summary>
public sealed class SqlDoorKillTests
{
    private const int Asked = 400;
    private const int Kills = 4;

    [Test]
    [CancelAfter(300_000)]
    public async Task Each_request_is_one_message_and_one_reply_through_kills()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        for (var agent = 0; agent < 4; agent++)
        {
            await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = $"Ada {agent}", model = "local/echo", heartbeat = new { enabled = false } });
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await TakenAsync(database);
            await database.ExecuteAsync($"SELECT openclaw.send('Ada ' || n % 4, 'ask {kill} ' || n, 'key {kill} ' || n) FROM generate_series(1, {Asked / Kills}) n");
            await Eventually.That(() => TakenAsync(database), Is.GreaterThan(before).Or.EqualTo((kill + 1) * Asked / Kills), TimeSpan.FromSeconds(60));
            await service.KillAsync();
            await service.StartAsync();
        }

        await Eventually.That(
            () => database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content LIKE 'echo%: ask%'"), Is.EqualTo($"{Asked}"), TimeSpan.FromSeconds(120));
        Assert.That(await database.TextAsync("SELECT count(DISTINCT content) FROM openclaw_system.notifications WHERE content LIKE 'ask%'"), Is.EqualTo($"{Asked}"));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content LIKE 'ask%'"), Is.EqualTo($"{Asked}"));
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM openclaw.sql_requests r CROSS JOIN LATERAL openclaw.answer(r.id) a WHERE a.status = 'answered'"), Is.EqualTo($"{Asked}"));
    }

    private static async Task<int> TakenAsync(TestDatabase database) =>
        int.Parse(await database.TextAsync("SELECT count(*) FROM openclaw.sql_requests WHERE taken_at IS NOT NULL"), System.Globalization.CultureInfo.InvariantCulture);
}
