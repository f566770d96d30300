using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What a connection sees and may send by its scopes, and under whose name it may write.</summary>
public sealed class ScopeTests : GatewayFixture
{
    [Test]
    public async Task Without_a_scope_a_client_learns_whether_all_is_well_and_nothing_of_what_there_is()
    {
        var agent = await AgentAsync("hidden");
        await using var someone = await GatewayClient.ConnectAsAsync(Service.Address, "someone-else");
        await someone.CallAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:jane@example.com", ["message"] = "x", ["idempotencyKey"] = "scope-1" });
        await using var stranger = await GatewayClient.OpenAsync(Service.Address);

        var hello = await stranger.RequestAsync("connect", GatewayClient.Connect([]));
        var health = await stranger.RequestAsync("health");
        await Eventually.That(() => someone.Events("presence").Any(), Is.True);

        foreach (var seen in stranger.Received.Select(frame => frame.ToJsonString()))
        {
            Assert.That(seen, Does.Not.Contain("hidden").And.Not.Contain("jane@example.com").And.Not.Contain("someone-else"));
        }

        Assert.That((bool)hello["ok"]! && (bool)health["payload"]!["ok"]!, Is.True);
        Assert.That((string?)(await stranger.RequestAsync("agents.list"))["error"]!["code"], Is.EqualTo("FORBIDDEN"));
    }

    [Test]
    public async Task Who_may_not_write_sends_no_large_frames()
    {
        await using var reader = await GatewayClient.OpenAsync(Service.Address);
        var hello = await reader.RequestAsync("connect", GatewayClient.Connect(["operator.read"]));
        Assert.That((int)hello["payload"]!["policy"]!["maxPayload"]!, Is.EqualTo(256 * 1024));

        await reader.SendAsync($$$"""{"type":"req","id":"large","method":"health","params":{"x":"{{{new string('y', 300 * 1024)}}}"}}""");
        await reader.Ended;

        Assert.That(reader.Closed.Status, Is.EqualTo(WebSocketCloseStatus.MessageTooBig));
    }

    [Test]
    public async Task To_read_is_not_to_acknowledge()
    {
        await using var reader = await GatewayClient.ConnectAsAsync(Service.Address, "reader", "operator.read");

        var refused = await reader.RequestAsync("messages.ack", new JsonObject { ["id"] = $"{Guid.NewGuid()}" });

        Assert.That((string?)refused["error"]!["details"]!["missingScope"], Is.EqualTo("operator.write"));
    }

    [Test]
    public async Task To_read_makes_no_agent()
    {
        await using var fresh = await RunningService.StartAsync();
        await using var reader = await GatewayClient.ConnectAsync(fresh.Address, "/", "operator.read");
        await using var writer = await GatewayClient.ConnectAsync(fresh.Address, "/", "operator.write");

        var refused = await reader.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        Assert.That((string?)refused["error"]!["details"]!["code"], Is.EqualTo("UNKNOWN_AGENT_ID"));
        Assert.That((await writer.CallAsync("agents.list"))["agents"]!.AsArray(), Is.Empty);

        Assert.That((await writer.CallAsync("chat.history", new JsonObject { ["sessionKey"] = "main" }))["messages"]!.AsArray(), Is.Empty, "Who may write meets the default agent.");
    }

    [TestCase("agent:{0}")]
    [TestCase("cron:{0}")]
    [TestCase("work:{0}")]
    [TestCase("whatsapp:dm:+15550001111")]
    [TestCase("openclaw")]
    [TestCase("owner:somebody")]
    [TestCase("client:another")]
    public async Task Nobody_writes_under_a_name_that_is_not_theirs(string from)
    {
        await using var client = await GatewayClient.ConnectAsAsync(Service.Address, "me");
        var sender = string.Format(from, Guid.NewGuid());

        var refused = await client.RequestAsync("messages.send", new JsonObject { ["to"] = "client:x", ["from"] = sender, ["content"] = "c" });

        Assert.That((string?)refused["error"]?["code"], Is.EqualTo("INVALID_REQUEST"), refused.ToJsonString());
        if (!from.StartsWith("client:"))
        {
            var answer = await Service.Api.PostAsync("/messages", new { to = "client:x", from = sender, content = "c" });
            Assert.That((int)answer.Status, Is.EqualTo(422));
            Assert.That(answer.Body.ToString(), Does.Contain("from says who you are"));
        }
    }

    [Test]
    public async Task A_process_that_serves_an_agent_may_write_in_its_name()
    {
        var answer = await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "spoken for", model = "session/x", heartbeat = new { enabled = false } });
        var sender = $"agent:{answer.AgentId}";
        await using var process = await GatewayClient.ConnectAsAsync(Service.Address, "process");
        var message = new JsonObject { ["to"] = "client:x", ["from"] = sender, ["content"] = "from the agent" };

        Assert.That((bool)(await process.RequestAsync("messages.send", message))["ok"]!, Is.False);
        await process.CallAsync("runtime.serve", new JsonObject { ["agentId"] = answer.Text("id") });

        Assert.That((string?)(await process.CallAsync("messages.send", message))["from"], Is.EqualTo(sender));
    }
}
