using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Two services on one database: whoever runs a turn, clients of both hear of it, and both know who is there.</summary>
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
            await here.CallAsync("agent", new JsonObject { ["message"] = run, ["agentId"] = agent, ["idempotencyKey"] = run });

        foreach (var client in new[] { here, there })
        {
            await Eventually.That(
                () => client.Events("chat").Where(frame => (string?)frame["payload"]!["state"] == "final").Select(frame => (string?)frame["payload"]!["runId"]),
                Is.EquivalentTo(runs), TimeSpan.FromSeconds(10));
        }

        await there.DisposeAsync();
        await Eventually.That(async () => (await here.CallAsync("system-presence")).AsArray().Count, Is.EqualTo(2), TimeSpan.FromSeconds(10));
    }
}
