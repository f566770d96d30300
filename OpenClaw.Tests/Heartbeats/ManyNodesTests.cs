using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

[Category("Slow")]
public sealed class ManyNodesTests
{
    private static readonly TimeSpan Wrong = TimeSpan.FromMinutes(5);

    [Test]
    public async Task Three_nodes_one_clock_ahead_and_one_behind_beat_every_heart_once_with_and_without_the_recurring_job()
    {
        var runtime = new ScriptedRuntime();
        runtime.Answer("scripted/well", HeartbeatReply.AllWell);
        await using var first = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(runtime));
        await using var ahead = await BesideAsync(first, runtime, Wrong);
        await using var behind = await BesideAsync(first, runtime, -Wrong);

        // The shortest interval that leaves a beat less time than the clocks differ by.
        await first.Database.SeedAgentsAsync("scripted/well", 600, interval: "4 minutes");
        await Eventually.That(() => WellAsync(first), Is.EqualTo("600"), within: TimeSpan.FromSeconds(30));
        first.Services.GetRequiredService<IRecurringJobManager>().RemoveIfExists(Recurring.HeartbeatSweep);
        await first.Database.ExecuteAsync("UPDATE openclaw.agents SET next_heartbeat_at = now() + interval '1 second'");
        await Eventually.That(() => WellAsync(first), Is.EqualTo("1200"), within: TimeSpan.FromSeconds(30));

        Assert.That(await first.Database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'heartbeat'"), Is.EqualTo("1200"));
        Assert.That(await first.Database.TextAsync("SELECT count(*) FROM openclaw.heartbeat_executions"), Is.EqualTo("1200"), "None failed, none was beaten twice.");
        Assert.That(runtime.Turns.Select(turn => turn.Turn.IdempotencyKey), Is.Unique);
    }

    private static Task<RunningService> BesideAsync(RunningService other, ScriptedRuntime runtime, TimeSpan wrong) => RunningService.StartBesideAsync(other, services =>
    {
        services.AddSingleton<IAgentRuntime>(runtime);
        services.AddSingleton<TimeProvider>(new ShiftedTime(wrong));
    });

    private static Task<string> WellAsync(RunningService service) =>
        service.Database.TextAsync("SELECT count(DISTINCT (agent_id, due_at)) FROM openclaw.heartbeat_executions WHERE status = 'ok'");
}
