using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Gateway;

/// <summary>What becomes of frames that are none, and of requests that may not be.</summary>
public sealed class FramesTests : GatewayFixture
{
    [TestCase("""{"type":"req","id":5,"method":"health"}""", "invalid request frame: at /id: must be string")]
    [TestCase("""{"type":"req","id":"x"}""", "invalid request frame: must have required property 'method'")]
    [TestCase("""{"type":"res","id":"x","method":"health"}""", "invalid request frame: at /type: must be equal to constant")]
    [TestCase("""{"type":"req","id":"x","method":"health","more":1}""", "invalid request frame: at root: unexpected property 'more'")]
    [TestCase("""{"type":"req","id":"x","method":"nope.method"}""", "unknown method: nope.method")]
    [TestCase("""{"type":"req","id":"x","method":"agent","params":{"idempotencyKey":"k"}}""", "invalid agent params: must have required property 'message'")]
    [TestCase("""{"type":"req","id":"x","method":"chat.send","params":{"sessionKey":null,"message":"m"}}""", "invalid chat.send params: at /sessionKey: must be string")]
    [TestCase("""{"type":"req","id":"x","method":"agent","params":{"message":"m","agentId":"ghost"}}""", "invalid agent params: unknown agent id \"ghost\"")]
    [TestCase("""{"type":"req","id":"x","method":"chat.history","params":{"sessionKey":"agent:ghost:main"}}""", "Agent \"ghost\" no longer exists in configuration")]
    [TestCase("""{"type":"req","id":"x","method":"workflows.get","params":{"workflowUuid":"7"}}""", "invalid workflows.get params: at /workflowUuid: must be a uuid")]
    public async Task What_is_wrong_is_told_and_the_connection_stays(string frame, string message)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(frame);

        var answer = await client.AnswerAsync(frame.Contains("\"id\":5", StringComparison.Ordinal) ? "5" : "x");
        Assert.That(((string?)answer["error"]!["code"], (string?)answer["error"]!["message"]), Is.EqualTo(("INVALID_REQUEST", message)));
        Assert.That((bool)(await client.CallAsync("health"))["ok"]!, Is.True);
    }

    [Test]
    public async Task Garbage_is_ignored_after_connect()
    {
        await using var client = await ConnectAsync();
        await using var other = await ConnectAsync();
        var random = new Random(7);
        var noise = new byte[2000];

        foreach (var length in Enumerable.Range(1, 60))
        {
            random.NextBytes(noise.AsSpan(0, length * 30));
            await client.SendAsync(noise[..(length * 30)], WebSocketMessageType.Binary);
        }

        await client.SendAsync(string.Concat(Enumerable.Repeat("[", 5000)));
        await client.SendAsync("""{"type":"req","id":"cut","meth""");
        await client.SendAsync("null");
        await client.SendAsync(Encoding.UTF8.GetBytes("""{"type":"req","id":"binary","method":"health"}"""), WebSocketMessageType.Binary);

        Assert.That((bool?)(await client.AnswerAsync("binary"))["ok"], Is.True, "JSON in a binary frame is taken.");
        Assert.That((bool)(await other.CallAsync("health"))["ok"]!, Is.True);
    }

    [Test]
    public async Task A_frame_in_many_parts_is_one()
    {
        await using var client = await ConnectAsync();
        var frame = Encoding.UTF8.GetBytes("""{"type":"req","id":"parts","method":"health"}""");

        foreach (var part in frame.Chunk(7))
        {
            await client.SendAsync(part, WebSocketMessageType.Text, end: false);
        }

        await client.SendAsync([], WebSocketMessageType.Text);

        Assert.That((bool?)(await client.AnswerAsync("parts"))["ok"], Is.True);
    }

    [Test]
    public async Task Another_owners_agent_is_refused_like_one_that_is_not_there()
    {
        var theirs = await AgentAsync("theirs");
        await Service.Database.TextAsync("UPDATE openclaw.agents SET user_id = 'somebody-else' WHERE name = 'theirs' RETURNING 1");
        await using var client = await ConnectAsync();

        foreach (var agent in new[] { theirs, "no-such-agent" })
        {
            var refusals = new[]
            {
                await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = $"agent:{agent}:main" }),
                await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = $"agent:{agent}:main", ["message"] = "hello", ["idempotencyKey"] = agent }),
                await client.RequestAsync("sessions.messages.subscribe", new JsonObject { ["key"] = $"agent:{agent}:main" }),
                await client.RequestAsync("messages.send", new JsonObject { ["to"] = $"agent:{agent}", ["content"] = "hello" }),
            };
            Assert.That(
                refusals.Select(refusal => (string?)refusal["error"]!["message"]).Distinct(), Is.EqualTo(new[] { $"Agent \"{agent}\" no longer exists in configuration" }));
        }

        Assert.That((await client.CallAsync("agents.list"))["agents"]!.AsArray().Select(row => (string?)row!["id"]), Does.Not.Contain(theirs));
    }

    [TestCase("operator.read", "agents.create", "operator.admin")]
    [TestCase("operator.read", "agent", "operator.write")]
    [TestCase("operator.write", "workflows.cancel", "operator.admin")]
    [TestCase("operator.approvals", "agents.list", "operator.read")]
    public async Task A_missing_scope_is_named(string granted, string method, string missing)
    {
        await using var client = await ConnectAsync(granted);

        var refusal = await client.RequestAsync(method, new JsonObject());

        Assert.That((string?)refusal["error"]!["code"], Is.EqualTo("FORBIDDEN"));
        Assert.That((string?)refusal["error"]!["message"], Is.EqualTo($"missing scope: {missing}"));
        Assert.That((string?)refusal["error"]!["details"]!["code"], Is.EqualTo("MISSING_SCOPE"));
    }

    [Test]
    public async Task Health_needs_no_scope_and_events_of_runs_need_read()
    {
        var agent = await AgentAsync("listened");
        await using var deaf = await ConnectAsync("operator.approvals");
        await using var hearing = await ConnectAsync("operator.write");

        await hearing.CallAsync("agent", new JsonObject { ["message"] = "psst", ["agentId"] = agent, ["idempotencyKey"] = "secret-run" });

        Assert.That((bool)(await deaf.CallAsync("health"))["ok"]!, Is.True);
        Assert.That(hearing.Events("agent"), Is.Not.Empty);
        Assert.That(deaf.Events("agent").Concat(deaf.Events("chat")), Is.Empty);
    }
}
