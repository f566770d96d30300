using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Two services, each a process of its own, on one database.</summary>
[Category("Slow")]
public sealed class TwoNodesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task What_a_killed_node_was_doing_is_done_by_the_other()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var doomed = new ServiceProcess(database);
        await using var survivor = new ServiceProcess(database);
        await doomed.StartAsync(killAt: $"{KillSwitch.Called}:connect_runtime");
        await doomed.ProvisionAsync("orphan");
        Assert.That(await doomed.EndAsync(), Is.EqualTo(137));

        await survivor.StartAsync();

        await Eventually.That(() => database.TextAsync("SELECT status FROM openclaw.agents"), Is.EqualTo("running"), Patience);
        Assert.That(RecordedCall.ReadAll(doomed.RecordingPath).Concat(RecordedCall.ReadAll(survivor.RecordingPath)).Select(call => call.Key).Distinct().ToList(), Has.Count.EqualTo(1), "The runtime was asked twice, under one key.");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task What_a_node_killed_under_load_was_doing_is_done_by_the_other()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var one = new ServiceProcess(database);
        await using var other = new ServiceProcess(database);
        await one.StartAsync();
        await other.StartAsync();

        var held = await KillUnderLoadAsync(database, one, other);

        await DoneAsync(database, held);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task What_the_only_node_was_doing_when_it_was_killed_under_load_is_done_when_it_is_back()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var only = new ServiceProcess(database);
        await only.StartAsync();
        var held = await KillUnderLoadAsync(database, only);

        await only.StartAsync();

        await DoneAsync(database, held);
    }

    // Kills the one that has the work, which is the one that started it. Returns what it held when it died.
    private static async Task<string> KillUnderLoadAsync(TestDatabase database, params ServiceProcess[] processes)
    {
        await database.SeedAgentsAsync("recorded/any", 100);
        var busy = "";
        await Eventually.That(
            async () => busy = await database.TextAsync(
                "SELECT e.pid FROM openclaw_system.workflow_status w JOIN openclaw_system.executors e USING (executor_id) WHERE w.status = 'PENDING' GROUP BY e.pid HAVING count(*) > 5"),
            Is.Not.Empty, TimeSpan.FromSeconds(20));
        await processes.Single(process => $"{process.Id}" == busy).KillAsync();
        var left = await database.LinesAsync(
            $"SELECT w.workflow_uuid FROM openclaw_system.workflow_status w JOIN openclaw_system.executors e USING (executor_id) WHERE w.status = 'PENDING' AND e.pid = {busy}");
        Assert.That(left, Is.Not.Empty, "It was killed in the middle of its work.");
        return string.Join(',', left.Select(uuid => $"'{uuid}'"));
    }

    // Because the recovery saw the process die, not because Hangfire shows its jobs again after a while. How long it takes
    // is measured by scripts/bench heartbeats.
    private static async Task DoneAsync(TestDatabase database, string runs)
    {
        await Eventually.That(
            () => database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE workflow_uuid IN ({runs}) AND status <> 'SUCCESS'"), Is.EqualTo("0"), Patience);
        Assert.That(
            await database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE workflow_uuid IN ({runs}) AND recovery_attempts <> 1"), Is.EqualTo("0"), "Each was freed once.");
    }

    [Test]
    public async Task Nodes_that_sweep_together_beat_no_heart_twice()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
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
