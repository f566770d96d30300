using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Outages;

/// <summary>Behind a pooler in transaction mode jobs are not heard of by LISTEN and nothing stays in a session: the polls carry it.</summary>
[Category("Slow")]
public sealed class PoolerTests
{
    private const int Agents = 20;

    [Test]
    public async Task A_pooler_that_nobody_declared_is_found_out_and_worked_behind()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await Pooler.StartAsync(database);
        await using var service = await RunningService.StartOnAsync(database, ("DATABASE_URL", pooler.Url));
        var agent = await service.Api.ProvisionAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = $"{number}", id = $"m{number}" })));

        // Those at the end of the line may take longer than a request waits.
        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.OK).Or.EqualTo(HttpStatusCode.Accepted));
        await Eventually.That(
            () => database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE message_id ~ '^m[0-9]+$' AND state = 'delivered'"), Is.EqualTo("40"), TimeSpan.FromSeconds(60));
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'"), Is.EqualTo("0"), "Nobody's session listens.");
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory'"), Is.EqualTo("0"), "Nor holds a lock.");

        var roles = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => RoleAsync(service, number % 2 == 0 ? "red" : null)));
        Assert.That(roles.Where((_, number) => number % 2 == 0), Is.All.EqualTo("openclaw_team red"));
        Assert.That(roles.Where((_, number) => number % 2 == 1).Distinct(), Has.One.Items.And.None.Contain("red").And.None.Contain("team"), "No session keeps what a team's transaction was.");
    }

    [TestCase("transaction", true)]
    [TestCase("session", false)]
    public async Task A_pooler_is_known_by_what_it_does_with_sessions(string mode, bool pooled)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await Pooler.StartAsync(database, mode);

        var topology = await LookAsync(pooler.Url);

        Assert.That((topology.IsPooled, topology.HasSessions), Is.EqualTo((pooled, !pooled)));
    }

    [Test]
    public async Task A_database_itself_and_one_behind_a_proxy_that_only_passes_on_are_not_taken_for_a_pooler()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var proxy = new DatabaseProxy(database.ConnectionString);

        foreach (var url in new[] { database.Url, proxy.Url })
        {
            var topology = await LookAsync(url);
            Assert.That((topology.IsPooled, topology.HasSessions), Is.EqualTo((false, true)));
        }
    }

    [Test]
    public async Task A_direct_url_that_leads_through_a_pooler_too_is_not_relied_on()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await Pooler.StartAsync(database);

        var topology = await LookAsync(pooler.Url, pooler.Url + "?application_name=direct");

        Assert.That((topology.IsPooled, topology.HasSessions), Is.EqualTo((true, false)));
    }

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
            await there.CarryOutAsync($"/api/v1/agents/{agent}/heartbeat");
            await there.CarryOutAsync($"/api/v1/agents/{agent}/pause");
            Assert.That((await here.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Are you there?" }, ("Prefer", "respond-async"))).Status, Is.EqualTo(HttpStatusCode.Accepted));
            await there.CarryOutAsync($"/api/v1/agents/{agent}/resume");
            await Eventually.That(
                () => database.TextAsync($"SELECT state FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}'"), Is.EqualTo("delivered"), TimeSpan.FromSeconds(30));
        }
    }

    private static async Task<string> RoleAsync(RunningService service, string? team)
    {
        using var scope = team is null ? null : TeamScope.Enter(team, reads: true);
        await using var db = await service.Services.GetRequiredService<IDbContextFactory<OpenClawDbContext>>().CreateDbContextAsync();
        return await db.Database.SqlQueryRaw<string>("SELECT current_user || ' ' || coalesce(current_setting('openclaw.owner', true), '') AS \"Value\"").SingleAsync();
    }

    private static async Task<DatabaseTopology> LookAsync(string url, string? direct = null)
    {
        var topology = new DatabaseTopology(OpenClawOptionsReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["DATABASE_URL"] = url, ["DATABASE_DIRECT_URL"] = direct }).Build()));
        await topology.LookAsync(default);
        return topology;
    }
}
