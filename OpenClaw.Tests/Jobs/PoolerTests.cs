using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Jobs;

/// <summary>Behind a pooler in transaction mode jobs are not heard of by LISTEN and nothing stays in a session: the polls carry it.</summary>
public sealed class PoolerTests
{
    private const int Agents = 20;

    [Test]
    public async Task Behind_a_pooler_in_transaction_mode_agents_live_and_talk_on_two_nodes()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await Pooler.StartAsync(database);
        await using var first = await RunningService.StartOnAsync(database, ("DATABASE_URL", pooler.Url), ("DATABASE_DIRECT_URL", database.Url));
        await using var second = await RunningService.StartOnAsync(database, ("DATABASE_URL", pooler.Url), ("DATABASE_DIRECT_URL", database.Url));

        await Task.WhenAll(Enumerable.Range(0, Agents).Select(LiveAsync));

        Assert.That(
            await database.TextAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'"), Is.EqualTo("2"),
            "Each node on its one direct connection, for hints.");
        Assert.That(
            await database.LinesAsync("SELECT DISTINCT status FROM openclaw_system.workflow_status WHERE name <> 'heartbeat'"), Is.EqualTo(new[] { "SUCCESS" }));

        async Task LiveAsync(int index)
        {
            var (here, there) = index % 2 == 0 ? (first.Api, second.Api) : (second.Api, first.Api);
            var agent = await here.ProvisionAsync($"agent {index}");
            Assert.That((await there.PostAsync($"/api/v1/agents/{agent}/heartbeat")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await there.PostAsync($"/api/v1/agents/{agent}/pause")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await here.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Are you there?" }, ("Prefer", "respond-async"))).Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((await there.PostAsync($"/api/v1/agents/{agent}/resume")).Status, Is.EqualTo(HttpStatusCode.OK));
            await Eventually.That(
                () => database.TextAsync($"SELECT state FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}'"), Is.EqualTo("delivered"), TimeSpan.FromSeconds(30));
        }
    }
}
