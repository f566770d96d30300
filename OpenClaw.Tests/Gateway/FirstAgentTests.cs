using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>A service without agents.</summary>
public sealed class FirstAgentTests : GatewayFixture
{
    [Test]
    public async Task The_default_agent_is_made_anew_when_the_last_one_has_been_stopped()
    {
        await using var client = await ConnectAsync();
        var agents = new List<string>();
        foreach (var round in Enumerable.Range(0, 3))
        {
            // Two at once are answered by one.
            var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(n => client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello", ["idempotencyKey"] = $"{round} {n}" })));
            Assert.That(both.Select(answer => (string?)answer["status"]), Is.All.EqualTo("started"));

            var present = (await client.CallAsync("agents.list"))["agents"]!.AsArray();
            Assert.That(present, Has.Count.EqualTo(1));
            agents.Add((string)present[0]!["id"]!);
            var stopping = await client.CallAsync("agents.stop", new JsonObject { ["agentId"] = agents[^1] });
            await Eventually.That(
                async () => (string?)(await client.CallAsync("workflows.get", new JsonObject { ["workflowUuid"] = (string)stopping["workflowUuid"]! }))["workflow"]!["status"], Is.EqualTo("SUCCESS"), TimeSpan.FromSeconds(20));
        }

        Assert.That(agents, Is.Unique);
    }
}
