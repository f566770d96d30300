using System.Text.Json.Nodes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>A node host that is connected to another process of the service is asked through it, and answers as one that is connected here.</summary>
[Category("Slow")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class NodeRelayTests
{
    private RunningService _here = null!;
    private RunningService _there = null!;

    [OneTimeSetUp]
    public async Task Start_two_services()
    {
        _here = await RunningService.StartAsync();
        _there = await RunningService.StartBesideAsync(_here);
    }

    [OneTimeTearDown]
    public async Task Stop_both()
    {
        await _there.DisposeAsync();
        await _here.DisposeAsync();
    }

    [Test]
    public async Task It_is_asked_and_answers()
    {
        var device = new TestDevice();
        await using var owner = await GatewayClient.ConnectAsync(_here.Address);
        await using var node = await HostAsync(_there.Address, owner, device, "camera.snap");

        var asking = owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        var request = await AskedAsync(node);
        await node.CallAsync("node.invoke.result", new JsonObject { ["id"] = (string)request["id"]!, ["nodeId"] = device.Id, ["ok"] = true, ["payload"] = new JsonObject { ["seen"] = "a cat" } });
        var answer = await asking;
        var refusing = owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        var second = await AskedAsync(node, 2);
        await node.CallAsync("node.invoke.result", new JsonObject { ["id"] = (string)second["id"]!, ["nodeId"] = device.Id, ["ok"] = false, ["error"] = new JsonObject { ["code"] = "BUSY", ["message"] = "no hand free" } });

        Assert.That(((string?)request["command"], (string?)request["paramsJSON"], (string?)request["idempotencyKey"]), Is.EqualTo(("camera.snap", """{"facing":"front"}""", "key")));
        Assert.That((string?)answer["payload"]?["payload"]?["seen"], Is.EqualTo("a cat"), answer.ToJsonString());
        Assert.That((string?)(await refusing)["error"]!["message"], Is.EqualTo("BUSY: no hand free"));
        Assert.That(await _here.Database.TextAsync("SELECT count(*) FROM openclaw.node_invocations"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_was_not_approved_is_refused_and_a_node_that_is_nowhere_is_not_connected()
    {
        var device = new TestDevice();
        await using var owner = await GatewayClient.ConnectAsync(_here.Address);
        var node = await HostAsync(_there.Address, owner, device, "camera.snap");

        var other = (await owner.RequestAsync("node.invoke", Ask(device, "camera.clip")))["error"]!;
        await node.DisposeAsync();
        await GoneAsync(owner, device);
        var away = (await owner.RequestAsync("node.invoke", Ask(device, "camera.snap")))["error"]!;

        Assert.That(((string?)other["code"], (string?)other["details"]!["code"]), Is.EqualTo(("INVALID_REQUEST", "NODE_COMMAND_NOT_ALLOWED")));
        Assert.That((string?)other["message"], Does.StartWith("node command not allowed: the node (platform: Linux) does not support"));
        Assert.That(((string?)away["code"], (string?)away["message"], (string?)away["details"]!["code"]), Is.EqualTo(("UNAVAILABLE", "node not connected", "NOT_CONNECTED")));
    }

    [Test]
    public async Task Nobody_is_left_waiting_by_a_node_that_is_slow_or_goes_nor_a_node_by_an_owner_who_goes()
    {
        var device = new TestDevice();
        await using var owner = await GatewayClient.ConnectAsync(_here.Address);
        var node = await HostAsync(_there.Address, owner, device, "camera.snap");

        var slow = owner.RequestAsync("node.invoke", Ask(device, "camera.snap", timeoutMs: 50));
        await CancelledAsync(node, 1);
        await using (var hasty = await GatewayClient.ConnectAsync(_here.Address))
        {
            await hasty.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "hasty", ["method"] = "node.invoke", ["params"] = Ask(device, "camera.snap") }.ToJsonString());
            await AskedAsync(node, 2);
        }

        await CancelledAsync(node, 2);
        var asking = owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        await AskedAsync(node, 3);
        await node.DisposeAsync();

        Assert.That((string?)(await slow)["error"]!["message"], Is.EqualTo("TIMEOUT: node invoke timed out"));
        Assert.That((string?)(await asking)["error"]!["message"], Is.EqualTo("DISCONNECTED: node disconnected"));
    }

    [Test]
    public async Task A_process_that_dies_with_the_question_is_not_waited_for()
    {
        var device = new TestDevice();
        await using var owner = await GatewayClient.ConnectAsync(_here.Address);
        await using var third = new ServiceProcess(_here.Database);
        await third.StartAsync();
        await using var node = await HostAsync(third.Api.BaseAddress!, owner, device, "camera.snap");

        var asking = owner.RequestAsync("node.invoke", Ask(device, "camera.snap", timeoutMs: 600_000));
        await AskedAsync(node);
        await third.KillAsync();

        Assert.That((string?)(await asking)["error"]!["message"], Is.EqualTo("DISCONNECTED: node disconnected"));
    }

    private static JsonObject Ask(TestDevice device, string command, int timeoutMs = 20_000) => new()
    {
        ["nodeId"] = device.Id,
        ["command"] = command,
        ["params"] = new JsonObject { ["facing"] = "front" },
        ["timeoutMs"] = timeoutMs,
        ["idempotencyKey"] = "key",
    };

    private static async Task<JsonNode> AskedAsync(GatewayClient node, int times = 1) =>
        (await Eventually.That(() => node.Events("node.invoke.request").ToList(), Has.Count.EqualTo(times)))[^1]["payload"]!;

    private static Task<int> CancelledAsync(GatewayClient node, int times) => Eventually.That(() => node.Events("node.invoke.cancel").Count(), Is.EqualTo(times));

    private static Task<bool> GoneAsync(GatewayClient owner, TestDevice device) => Eventually.That(async () => (bool)(await NodeAsync(owner, device))!["connected"]!, Is.False);

    private static async Task<JsonNode?> NodeAsync(GatewayClient owner, TestDevice device) =>
        (await owner.CallAsync("node.list"))["nodes"]!.AsArray().SingleOrDefault(node => (string?)node!["nodeId"] == device.Id);

    // Connected to one process, approved at another, and known there to be connected.
    private static async Task<GatewayClient> HostAsync(Uri address, GatewayClient owner, TestDevice device, string command)
    {
        var client = await GatewayClient.OpenAsync(address);
        var connect = device.Connect(await client.ChallengeAsync(), new JsonObject { ["token"] = RunningService.Token }, role: "node", client: ("node-host", "node"));
        connect["commands"] = new JsonArray(command);
        var hello = await client.RequestAsync("connect", connect);
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        var pending = await Eventually.That(
            async () => (await owner.CallAsync("node.pair.list"))["pending"]!.AsArray().SingleOrDefault(node => (string?)node!["nodeId"] == device.Id), Is.Not.Null);
        await owner.CallAsync("node.pair.approve", new JsonObject { ["requestId"] = (string)pending!["requestId"]! });
        await Eventually.That(async () => (bool)(await NodeAsync(owner, device))!["connected"]!, Is.True);
        return client;
    }
}
