using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

[Category("Slow")]
public sealed class OutageTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task When_the_database_is_back_every_beat_that_came_due_meanwhile_is_had_once()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/well", HeartbeatReply.AllWell);
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(runtime), cluster);
        await service.Database.SeedAgentsAsync("scripted/well", 120, due: "now() + i * interval '25 milliseconds'");
        await Eventually.That(() => runtime.Turns.Count, Is.GreaterThan(0));

        await cluster.CrashAsync();
        var before = runtime.Turns.Count;
        using var probe = service.Client();
        await Eventually.That(async () => (await probe.GetAsync("/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await cluster.StartAsync();

        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(DISTINCT agent_id) FROM openclaw.heartbeat_executions WHERE status = 'ok'"), Is.EqualTo("120"), within: TimeSpan.FromSeconds(45));
        Assert.That(before, Is.LessThan(120), "Some came due meanwhile.");
        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions"), Is.EqualTo("120"));
        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'heartbeat'"), Is.EqualTo("120"));
    }
}
