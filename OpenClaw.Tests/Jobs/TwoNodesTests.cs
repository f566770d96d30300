using System.Net.Http.Json;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Jobs;

/// <summary>Two services, each a process of its own, on one database.</summary>
public sealed class TwoNodesTests
{
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(15);

    [Test]
    public async Task What_a_killed_node_was_doing_is_done_by_the_other_within_fifteen_seconds()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var doomed = new ServiceProcess(database);
        await using var survivor = new ServiceProcess(database);
        await doomed.StartAsync(killAt: $"{KillSwitch.Called}:connect_runtime");
        var provision = new HttpRequestMessage(HttpMethod.Post, "/api/v1/agents/provision")
        {
            Content = JsonContent.Create(new { name = "orphan", model = "recorded/any" }),
            Headers = { { "Prefer", "respond-async" } },
        };
        try
        {
            using var accepted = await doomed.Api.SendAsync(provision);
        }
        catch (HttpRequestException)
        {
            // It may die before it has answered; what it died of was committed.
        }

        Assert.That(await doomed.EndAsync(), Is.EqualTo(137));

        await survivor.StartAsync();

        await Eventually.That(() => database.TextAsync("SELECT status FROM openclaw.agents"), Is.EqualTo("running"), TakeOver);
        Assert.That(RecordedCall.ReadAll(doomed.RecordingPath).Concat(RecordedCall.ReadAll(survivor.RecordingPath)).Select(call => call.Key).Distinct().ToList(), Has.Count.EqualTo(1), "The runtime was asked twice, under one key.");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task What_a_node_killed_under_load_was_doing_is_done_by_the_other_within_fifteen_seconds_at_the_95th_percentile()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var doomed = new ServiceProcess(database);
        await using var survivor = new ServiceProcess(database);
        await doomed.StartAsync();
        var executor = await database.TextAsync("SELECT executor_id FROM openclaw_system.executors");
        await survivor.StartAsync();

        var held = await KillUnderLoadAsync(database, doomed, executor);
        var killed = await database.TextAsync("SELECT now()::text");

        Assert.That(await DoneAfterAsync(database, held, killed), Is.LessThan(TakeOver));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task What_the_only_node_was_doing_when_it_was_killed_under_load_is_done_within_ten_seconds_of_its_restart()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var only = new ServiceProcess(database);
        await only.StartAsync();
        var held = await KillUnderLoadAsync(database, only, await database.TextAsync("SELECT executor_id FROM openclaw_system.executors"));

        await only.StartAsync();

        var restarted = await database.TextAsync("SELECT max(started_at)::text FROM openclaw_system.executors");
        Assert.That(await DoneAfterAsync(database, held, restarted), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    // Returns what it held when it died.
    private static async Task<string> KillUnderLoadAsync(TestDatabase database, ServiceProcess process, string executor)
    {
        var held = $"SELECT workflow_uuid FROM openclaw_system.workflow_status WHERE status = 'PENDING' AND executor_id = '{executor}'";
        await database.SeedAgentsAsync("recorded/any", 100);
        await Eventually.That(() => database.LinesAsync(held), Has.Count.GreaterThan(5), TimeSpan.FromSeconds(20));
        await process.KillAsync();
        var left = await database.LinesAsync(held);
        Assert.That(left, Is.Not.Empty, "It was killed in the middle of its work.");
        return string.Join(',', left.Select(uuid => $"'{uuid}'"));
    }

    private static async Task<TimeSpan> DoneAfterAsync(TestDatabase database, string runs, string since)
    {
        await Eventually.That(
            () => database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE workflow_uuid IN ({runs}) AND status <> 'SUCCESS'"), Is.EqualTo("0"), TimeSpan.FromSeconds(60));
        var seconds = await database.TextAsync(
            $"SELECT extract(epoch FROM percentile_disc(0.95) WITHIN GROUP (ORDER BY completed_at - '{since}'::timestamptz))::text FROM openclaw_system.workflow_status WHERE workflow_uuid IN ({runs})");
        return TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Test]
    public async Task Nodes_that_sweep_together_beat_no_heart_twice()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var first = new ServiceProcess(database);
        await using var second = new ServiceProcess(database);
        await first.StartAsync();
        await second.StartAsync();
        await database.SeedAgentsAsync("recorded/any", 300, due: "now() - interval '1 minute'");

        await Eventually.That(() => database.TextAsync("SELECT count(DISTINCT agent_id) FROM openclaw.heartbeat_executions WHERE status = 'alert'"), Is.EqualTo("300"), TimeSpan.FromSeconds(30));

        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'heartbeat'"), Is.EqualTo("300"));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions"), Is.EqualTo("300"));
    }
}
