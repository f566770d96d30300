using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>An agent with gates is asked when one of them is open, and costs nothing at all other beats.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Slow")]
public sealed class GateTests : HeartbeatFixture
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("openclaw-gates-");
    private TestDatabase _database = null!;
    private WebApplication _site = null!;
    private (int Status, string Body) _page = (200, "nothing new");

    [OneTimeSetUp]
    public override async Task Start_the_service()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync("CREATE TABLE orders (id integer)");
        _site = LocalServer.Build();
        _site.MapGet("/feed", () => Results.Text(_page.Body, statusCode: _page.Status));
        _site.MapGet("/hangs", async context =>
        {
            await context.Response.WriteAsync("some of it");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        _site.MapGet("/silent", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await _site.StartAsync();
        Gates = new GateSettings { Files = _files.FullName, DatabaseConnection = _database.ConnectionString, Hosts = ["127.0.0.1"] };
        await base.Start_the_service();
    }

    [OneTimeTearDown]
    public async Task Stop_what_is_looked_at()
    {
        await _site.DisposeAsync();
        await _database.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Test]
    public async Task A_beat_is_quiet_until_somebody_writes()
    {
        var agent = await GatedAsync(new { messages = 1 });
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"), "It was never asked before.");

        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That((await BeatsAsync(agent))[0].GetProperty("reason").GetString(), Does.StartWith("Nothing that would open a gate has changed since "));

        await Service.Api.TellAsync(agent, "Hello?");
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(Prompts(agent), Has.Length.EqualTo(2));
        Assert.That(Prompts(agent)[1], Does.EndWith("What has changed since you were last asked:\n- a new message"));
    }

    private static IEnumerable<TestCaseData> Outside()
    {
        yield return new TestCaseData(new { file = "inbox/orders.csv" }, (Func<GateTests, Task>)(tests => File.WriteAllTextAsync(Path.Combine(tests._files.CreateSubdirectory("inbox").FullName, "orders.csv"), $"{Guid.NewGuid()}"))).SetArgDisplayNames("file");
        yield return new TestCaseData(new { sql = "SELECT count(*) FROM orders" }, (Func<GateTests, Task>)(tests => tests._database.ExecuteAsync("INSERT INTO orders VALUES (1)"))).SetArgDisplayNames("sql");
        yield return new TestCaseData(new { http = "{site}/feed" }, (Func<GateTests, Task>)(tests => Task.FromResult(tests._page = (200, "something new")))).SetArgDisplayNames("http, another body");
        yield return new TestCaseData(new { http = "{site}/feed" }, (Func<GateTests, Task>)(tests => Task.FromResult(tests._page = (503, "something new")))).SetArgDisplayNames("http, another status");
    }

    [TestCaseSource(nameof(Outside))]
    public async Task What_changes_outside_opens_its_gate_once(object gate, Func<GateTests, Task> change)
    {
        var agent = await GatedAsync(gate);
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));

        await change(this);

        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(Prompts(agent)[^1], Does.Contain("; it was "));
    }

    [Test]
    public async Task Gates_that_belong_together_open_together_and_time_opens_too()
    {
        var agent = await GatedAsync(new { all = new object[] { new { messages = 1 }, new { file = "both.txt" } } }, new { every_seconds = 3600 });
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));

        await File.WriteAllTextAsync(Path.Combine(_files.FullName, "both.txt"), "one");
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"), "Nobody has written.");
        await Service.Api.TellAsync(agent, "Now?");
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));

        await Service.Database.ExecuteAsync($$"""UPDATE openclaw.heartbeat_executions SET gates = jsonb_set(gates, '{asked_at}', to_jsonb(now() - interval '61 minutes')) WHERE agent_id = '{{agent}}' AND gates IS NOT NULL""");
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
    }

    [Test]
    public async Task An_agent_that_could_not_be_heard_is_asked_again_though_nothing_has_changed()
    {
        Runtime.Answer("scripted/mute", "");
        var agent = await ProvisionAsync("scripted/mute");
        await SetAsync(agent, new { messages = 1 });
        Assert.That(await BeatAsync(agent), Does.StartWith("failed"));

        Runtime.Answer("scripted/mute", HeartbeatReply.AllWell);

        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(await Service.Database.TextAsync($"SELECT heartbeat_failures FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Beats_come_more_rarely_while_they_are_quiet()
    {
        var agent = await ProvisionAsync("scripted/well");
        var set = await PatchAsync(agent, new { configuration = new { heartbeat_gates = new[] { new { messages = 1 } }, heartbeat_backoff = new { after = 2, most_seconds = 1500 } } });
        Assert.That(set.Status, Is.EqualTo(HttpStatusCode.OK), set.Body.ToString());
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));

        var pauses = new List<string>();
        for (var beat = 0; beat < 7; beat++)
        {
            Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
            pauses.Add(await Service.Database.TextAsync($"SELECT round(extract(epoch FROM next_heartbeat_at - now()) / 60) FROM openclaw.agents WHERE id = '{agent}'"));
        }

        Assert.That(pauses, Is.EqualTo(new[] { "5", "10", "10", "20", "20", "25", "25" }), "Of five minutes, doubled after two, and at most 25.");
        await Service.Api.TellAsync(agent, "Hello?");
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(await Service.Database.TextAsync($"SELECT round(extract(epoch FROM next_heartbeat_at - now()) / 60) FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("5"));
        var refused = await PatchAsync(agent, new { configuration = new { heartbeat_backoff = new { after = 0, most_seconds = 1500 } } });
        Assert.That(refused.Body.GetProperty("errors").GetProperty("configuration")[0].GetString(), Does.StartWith("configuration.heartbeat_backoff must be such as"));
    }

    [Test]
    public async Task A_person_who_asks_is_answered_whatever_the_gates()
    {
        var agent = await GatedAsync(new { messages = 1 });
        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));

        var answer = await Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await StatusesAsync(agent))[0], Is.EqualTo("ok"));
    }

    [TestCase("SELECT no_such_column FROM orders")]
    [TestCase("INSERT INTO orders VALUES (2) RETURNING id")]
    [TestCase("SELECT pg_sleep(30)")]
    public async Task What_cannot_be_looked_at_is_told_once_and_changes_nothing(string query)
    {
        var before = await _database.TextAsync("SELECT count(*) FROM orders WHERE id = 2");
        var agent = await GatedAsync(new { sql = query });

        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(Prompts(agent)[0], Does.Contain(GateProbes.Unseen));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
        Assert.That(await _database.TextAsync("SELECT count(*) FROM orders WHERE id = 2"), Is.EqualTo(before));
    }

    [Test]
    public async Task An_answer_that_never_ends_holds_a_beat_for_seconds_and_not_for_good()
    {
        var agent = await GatedAsync(new { http = "{site}/hangs" });

        Assert.That(await BeatAsync(agent), Is.EqualTo("ok"));
        Assert.That(Prompts(agent)[0], Does.Contain($"{GateProbes.Unseen}It did not answer whole within 5 seconds."));
        Assert.That(await BeatAsync(agent), Is.EqualTo("quiet"));
    }

    [Test]
    public async Task Whatever_does_not_answer_in_time_reads_the_same_at_each_look()
    {
        await using var probes = new GateProbes(Gates);
        Gate[] gates = [new HttpGate(new Uri($"{_site.Urls.Single()}/hangs")), new HttpGate(new Uri($"{_site.Urls.Single()}/silent")), new SqlGate("SELECT pg_sleep(20)")];

        var looks = await Task.WhenAll(gates.Concat(gates).Select(gate => probes.LookAsync(gate, CancellationToken.None)));

        Assert.That(looks, Is.All.EqualTo($"{GateProbes.Unseen}It did not answer whole within 5 seconds."));
    }

    private async Task<Guid> GatedAsync(params object[] gates)
    {
        var agent = await ProvisionAsync("scripted/well");
        await SetAsync(agent, gates);
        return agent;
    }

    private async Task SetAsync(Guid agent, params object[] gates)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new { configuration = new { heartbeat_gates = gates } }).Replace("{site}", _site.Urls.Single(), StringComparison.Ordinal);
        var answer = await PatchAsync(agent, System.Text.Json.Nodes.JsonNode.Parse(json)!);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
    }

    private string[] Prompts(Guid agent) => [.. Runtime.Turns.Where(turn => turn.Agent == agent && turn.Turn.Kind is OpenClaw.Jobs.Runtimes.TurnKind.Heartbeat).Select(turn => turn.Turn.Message)];

    private async Task<string> BeatAsync(Guid agent)
    {
        var before = (await BeatsAsync(agent)).Length;
        await DueAsync(agent, "now()");
        var beats = await Eventually.That(() => StatusesAsync(agent), Has.Length.EqualTo(before + 1).And.No.Member("running"), TimeSpan.FromSeconds(30));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT heartbeat_claimed_until IS NULL FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
        return beats[0] is "failed" ? $"failed: {(await BeatsAsync(agent))[0].GetProperty("reason").GetString()}" : beats[0];
    }
}
