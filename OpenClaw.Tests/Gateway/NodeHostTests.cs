using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Node hosts: they come in with a device, offer what they can do, and are asked what was approved.</summary>
public sealed class NodeHostTests : GatewayFixture
{
    private static readonly JsonObject ByToken = new() { ["token"] = RunningService.Token };

    [Test]
    public async Task Without_a_device_a_node_does_not_come_in()
    {
        await using var client = await OpenAsync();
        var connect = GatewayClient.Connect([]);
        connect["role"] = "node";

        var error = (await client.RequestAsync("connect", connect))["error"]!;

        Assert.That(((string?)error["code"], (string?)error["details"]!["code"]), Is.EqualTo(("NOT_PAIRED", "DEVICE_IDENTITY_REQUIRED")));
        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, "device identity required")));
    }

    [Test]
    public async Task What_a_node_offers_waits_and_is_done_once_it_is_approved()
    {
        var device = new TestDevice();
        await using var owner = await ConnectAsync();
        await using var node = await HostAsync(device, "camera.snap", "system.run");

        var pending = await PendingAsync(owner, device);
        var refused = await owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        var waits = await node.RequestAsync("node.runnerInventory.update", new JsonObject { ["protocolFeatures"] = new JsonArray() });
        Assert.That((string?)refused["error"]!["message"], Does.StartWith("node command not allowed: the node's declared command surface is pending approval"));
        Assert.That((string?)waits["error"]!["message"], Does.StartWith($"node capability surface is awaiting operator approval; run `openclaw nodes approve {pending["requestId"]}`"));
        var approved = await owner.CallAsync("node.pair.approve", new JsonObject { ["requestId"] = (string)pending["requestId"]! });
        var asking = owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        var request = (await Eventually.That(() => node.Events("node.invoke.request").FirstOrDefault(), Is.Not.Null))!["payload"]!;
        await node.CallAsync("node.invoke.result", new JsonObject { ["id"] = (string)request["id"]!, ["nodeId"] = device.Id, ["ok"] = true, ["payloadJSON"] = """{"seen":"a cat"}""", ["error"] = null });
        var answer = (await asking)["payload"]!;

        Assert.That(pending["requiredApproveScopes"]!.ToJsonString(), Is.EqualTo("""["operator.pairing","operator.admin"]"""));
        Assert.That(approved["node"]!["commands"]!.ToJsonString(), Is.EqualTo("""["camera.snap","system.run"]"""));
        Assert.That(((string?)request["command"], (string?)request["paramsJSON"], (string?)request["idempotencyKey"]), Is.EqualTo(("camera.snap", """{"facing":"front"}""", "key")));
        Assert.That(((bool)answer["ok"]!, (string?)answer["nodeId"], (string?)answer["command"], (string?)answer["payload"]!["seen"]), Is.EqualTo((true, device.Id, "camera.snap", "a cat")));
        Assert.That((string?)answer["payloadJSON"], Is.EqualTo("""{"seen":"a cat"}"""));
        Assert.That(node.Events("node.pair.resolved").Count(), Is.EqualTo(1), "The node is told, too.");
        Assert.That((await node.CallAsync("node.runnerInventory.update", new JsonObject { ["protocolFeatures"] = new JsonArray() }))["nodeId"]!.ToString(), Is.EqualTo(device.Id));
    }

    [Test]
    public async Task A_node_is_listed_as_the_real_gateway_lists_it()
    {
        var device = new TestDevice();
        await using var owner = await ConnectAsync();
        await using var reader = await ConnectAsync("operator.read");
        await using (var node = await HostAsync(device, "location.get"))
        {
            var pending = await PendingAsync(owner, device);
            var waiting = await NodeAsync(owner, device);
            var hidden = await NodeAsync(reader, device);
            await owner.CallAsync("node.pair.approve", new JsonObject { ["requestId"] = (string)pending["requestId"]! });
            await owner.CallAsync("node.rename", new JsonObject { ["nodeId"] = device.Id, ["displayName"] = "Garden" });
            var approved = await NodeAsync(owner, device);

            Assert.That(((string?)waiting["approvalState"], (string?)waiting["pendingRequestId"], waiting["commands"]!.ToJsonString()), Is.EqualTo(("pending-approval", (string?)pending["requestId"], "[]")));
            Assert.That((string?)hidden["pendingRequestId"], Is.Null);
            Assert.That(((string?)approved["approvalState"], (string?)approved["displayName"], (bool)approved["connected"]!, approved["commands"]!.ToJsonString()), Is.EqualTo(("approved", "Garden", true, """["location.get"]""")));
            Assert.That((string?)(await owner.CallAsync("node.describe", new JsonObject { ["nodeId"] = device.Id }))["displayName"], Is.EqualTo("Garden"));
        }

        await Eventually.That(async () => (bool)(await NodeAsync(owner, device))["connected"]!, Is.False);
        var away = await owner.RequestAsync("node.invoke", Ask(device, "location.get"));
        Assert.That(((string?)away["error"]!["code"], (string?)away["error"]!["message"]), Is.EqualTo(("UNAVAILABLE", "node not connected")));
        await owner.CallAsync("node.pair.remove", new JsonObject { ["nodeId"] = device.Id });
        Assert.That((await owner.CallAsync("node.list"))["nodes"]!.AsArray().Select(node => (string?)node!["nodeId"]), Has.None.EqualTo(device.Id));
    }

    [Test]
    public async Task What_a_node_tells_of_itself_is_taken_and_what_nobody_acts_on_is_called_so()
    {
        await using var node = await HostAsync(new TestDevice(), "system.which");
        var skills = new JsonArray(new JsonObject { ["name"] = "brew", ["description"] = "makes tea", ["content"] = "boil water" });

        Assert.That((await node.CallAsync("node.skills.update", new JsonObject { ["skills"] = skills }))["skills"]!.ToJsonString(), Is.EqualTo(skills.ToJsonString()));
        Assert.That((await node.CallAsync("node.pluginTools.update", new JsonObject { ["tools"] = new JsonArray() }))["tools"]!.AsArray(), Is.Empty);
        Assert.That((await node.CallAsync("node.event", new JsonObject { ["event"] = "voice.transcript", ["payloadJSON"] = "{}" })).ToJsonString(), Is.EqualTo("""{"ok":true,"event":"voice.transcript","handled":false,"reason":"not_supported"}"""));
        Assert.That((string?)(await node.RequestAsync("node.skills.update", new JsonObject { ["skills"] = new JsonArray(5) }))["error"]!["message"], Does.StartWith("invalid node.skills.update params"));
    }

    [TestCase("agents.list", "node", "unauthorized role: node")]
    [TestCase("node.event", "operator", "unauthorized role: operator")]
    [TestCase("node.invoke.result", "operator", "unauthorized role: operator")]
    public async Task Each_role_has_its_methods(string method, string role, string words)
    {
        await using var client = role == "node" ? await HostAsync(new TestDevice()) : await ConnectAsync();

        Assert.That((string?)(await client.RequestAsync(method, new JsonObject()))["error"]!["message"], Is.EqualTo(words));
    }

    [Test]
    public async Task A_node_that_goes_or_is_too_slow_leaves_nobody_waiting()
    {
        var device = new TestDevice();
        await using var owner = await ConnectAsync();
        var node = await HostAsync(device, "camera.snap");
        await owner.CallAsync("node.pair.approve", new JsonObject { ["requestId"] = (string)(await PendingAsync(owner, device))["requestId"]! });

        var slow = await owner.RequestAsync("node.invoke", Ask(device, "camera.snap", timeoutMs: 50));
        var asking = owner.RequestAsync("node.invoke", Ask(device, "camera.snap"));
        await Eventually.That(() => node.Events("node.invoke.request").Count(), Is.EqualTo(2));
        await Eventually.That(() => node.Events("node.invoke.cancel").Select(frame => (string?)frame["payload"]!["invokeId"]), Is.EqualTo(new[] { (string?)node.Events("node.invoke.request").First()["payload"]!["id"] }));
        await node.DisposeAsync();

        Assert.That((string?)slow["error"]!["message"], Is.EqualTo("TIMEOUT: node invoke timed out"));
        Assert.That((string?)(await asking)["error"]!["message"], Is.EqualTo("DISCONNECTED: node disconnected"));
    }

    [Test]
    public async Task Running_programs_on_a_node_is_for_admins()
    {
        var device = new TestDevice();
        await using var node = await HostAsync(device, "system.run");
        await using var writer = await ConnectAsync("operator.write", "operator.pairing");

        var approving = await writer.RequestAsync("node.pair.approve", new JsonObject { ["requestId"] = (string)(await PendingAsync(writer, device))["requestId"]! });
        var running = await writer.RequestAsync("node.invoke", Ask(device, "system.run"));

        Assert.That(new[] { approving, running }.Select(answer => (string?)answer["error"]!["message"]), Has.All.EqualTo("missing scope: operator.admin"));
    }

    private static JsonObject Ask(TestDevice device, string command, int timeoutMs = 20_000) => new()
    {
        ["nodeId"] = device.Id,
        ["command"] = command,
        ["params"] = new JsonObject { ["facing"] = "front" },
        ["timeoutMs"] = timeoutMs,
        ["idempotencyKey"] = "key",
    };

    private static async Task<JsonNode> NodeAsync(GatewayClient client, TestDevice device) =>
        (await client.CallAsync("node.list"))["nodes"]!.AsArray().Single(node => (string?)node!["nodeId"] == device.Id)!;

    private static async Task<JsonNode> PendingAsync(GatewayClient client, TestDevice device) => (await Eventually.That(
        async () => (await client.CallAsync("node.pair.list"))["pending"]!.AsArray().SingleOrDefault(pending => (string?)pending!["nodeId"] == device.Id), Is.Not.Null))!;

    private async Task<GatewayClient> HostAsync(TestDevice device, params string[] commands)
    {
        var client = await OpenAsync();
        var connect = device.Connect(await client.ChallengeAsync(), ByToken, role: "node", client: ("node-host", "node"));
        connect["commands"] = new JsonArray([.. commands.Select(command => (JsonNode)command)]);
        var hello = await client.RequestAsync("connect", connect);
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return client;
    }
}
