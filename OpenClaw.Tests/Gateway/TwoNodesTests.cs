using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Two services on one database: whoever runs a turn, clients of both hear of it, and both know who is there.</summary>
[Category("Slow")]
public sealed class TwoNodesTests
{
    [Test]
    public async Task Clients_of_both_nodes_hear_of_each_run_and_of_each_other()
    {
        await using var first = await RunningService.StartAsync();
        await using var second = await RunningService.StartBesideAsync(first);
        await using var here = await GatewayClient.ConnectAsync(first.Address);
        var there = await GatewayClient.ConnectAsync(second.Address);
        await Eventually.That(async () => (await here.CallAsync("system-presence")).AsArray().Count, Is.EqualTo(3), TimeSpan.FromSeconds(10));
        var agent = (string)(await here.CallAsync("agents.create", new JsonObject { ["name"] = "shared" }))["agentId"]!;
        await Eventually.That(async () => (string?)(await there.CallAsync("agents.list"))["agents"]![0]!["status"], Is.EqualTo("running"), TimeSpan.FromSeconds(20));

        var runs = Enumerable.Range(1, 10).Select(number => $"run-{number}").ToArray();
        foreach (var run in runs)
        {
            await here.CallAsync("agent", new JsonObject { ["message"] = run, ["agentId"] = agent, ["idempotencyKey"] = run });
        }

        foreach (var client in new[] { here, there })
        {
            await Eventually.That(
                () => client.Events("chat").Where(frame => (string?)frame["payload"]!["state"] == "final").Select(frame => (string?)frame["payload"]!["runId"]),
                Is.EquivalentTo(runs), TimeSpan.FromSeconds(10));
        }

        await here.CallAsync("agents.heartbeat", new JsonObject { ["agentId"] = agent });
        foreach (var client in new[] { here, there })
        {
            await Eventually.That(() => client.Events("heartbeat").Select(frame => ((string?)frame["payload"]!["agentId"], (string?)frame["payload"]!["status"])), Is.EqualTo(new[] { (agent, "ok-empty") }), TimeSpan.FromSeconds(10));
        }

        await there.DisposeAsync();
        await Eventually.That(async () => (await here.CallAsync("system-presence")).AsArray().Count, Is.EqualTo(2), TimeSpan.FromSeconds(10));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Who_waits_on_one_node_is_told_of_an_end_on_the_other()
    {
        await using var bench = await WorkflowBench.StartAsync();
        var (begun, enough) = (new Signal(), new Signal());
        var run = await bench.RunAsync(WorkflowBench.Inline, run => bench.Script.On(run, "first", async (_, _) =>
        {
            begun.SetResult();
            await enough.Task;
            return null;
        }));
        await begun.Task;
        await using var second = await RunningService.StartBesideAsync(bench.Service, services => services.AddSingleton(provider =>
            new WorkflowCompletions(provider.GetRequiredService<IDbContextFactory<OpenClawDbContext>>(), provider.GetRequiredService<RunningWorkflows>(), new StoppedTime())));
        var elsewhere = second.Services.GetRequiredService<WorkflowCompletions>();
        var waiting = Enumerable.Range(0, 3).Select(_ => elsewhere.WaitAsync(run, TimeSpan.FromHours(1), default)).ToArray();

        enough.SetResult();

        Assert.That(await Task.WhenAll(waiting), Is.All.EqualTo(WorkflowStatus.Success));
    }

    // Whoever waits by it is never told that it is time to look.
    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
