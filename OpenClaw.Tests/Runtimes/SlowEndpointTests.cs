using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>A crowd of agents on an endpoint that does not answer, beside agents on others.</summary>
public sealed class SlowEndpointTests
{
    private const int Crowd = 200;
    private const int AtOnce = 16;

    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Two_hundred_agents_on_a_slow_endpoint_do_not_starve_the_others()
    {
        var open = new Signal();
        var gate = new Lock();
        var (now, most) = (0, 0);
        await using var slow = await FakeProvider.StartAsync();
        slow.Answer(async call =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
            }

            await open.Task.WaitAsync(call.Context.RequestAborted);
            lock (gate)
            {
                now--;
            }

            await call.SayAsync("late");
        });
        await using var quick = await FakeProvider.StartAsync();
        quick.Answer(call => call.SayAsync("HEARTBEAT_OK"));
        await using var service = await RunningService.StartAsync(
            cluster: null,
            ("OPENAI_BASE_URL", $"{slow.Address}v1"), ("ANTHROPIC_BASE_URL", $"{quick.Address}"), ("ANTHROPIC_API_KEY", "any"), ("MODEL_CONCURRENCY", $"{AtOnce}"));
        await service.Database.SeedAgentsAsync("openai/slow", Crowd, due: "NULL::timestamptz");
        await service.Database.SeedAgentsAsync("anthropic/quick", 1, due: "NULL::timestamptz");
        await service.Database.SeedAgentsAsync("local/echo", 1, due: "NULL::timestamptz");

        // Each of the crowd has a message, and its heart beats too.
        var crowd = await service.Database.LinesAsync("SELECT id FROM openclaw.agents WHERE model = 'openai/slow'");
        await Task.WhenAll(crowd.Select(agent => service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = $"hello {agent}" }, ("Prefer", "respond-async"))));
        await service.Database.ExecuteAsync("UPDATE openclaw.agents SET next_heartbeat_at = now() WHERE model = 'openai/slow'");
        await Eventually.That(() => slow.Calls, Has.Count.EqualTo(AtOnce));

        Assert.That(await AskAsync(service, "quick1"), Is.EqualTo("HEARTBEAT_OK"));
        Assert.That(await AskAsync(service, "echo1"), Is.EqualTo("echo (no model behind this): still there?"));
        await service.Database.ExecuteAsync("UPDATE openclaw.agents SET next_heartbeat_at = now() WHERE model <> 'openai/slow'");
        await Eventually.That(
            () => service.Database.LinesAsync("SELECT a.model, h.status FROM openclaw.heartbeat_executions h JOIN openclaw.agents a ON a.id = h.agent_id WHERE a.model <> 'openai/slow' ORDER BY 1"),
            Is.EqualTo(new[] { "anthropic/quick|ok", "local/echo|ok" }), Promptly);
        Assert.That(slow.Calls, Has.Count.EqualTo(AtOnce), "So many at once, and no more.");

        open.SetResult();
        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content = 'late' AND reply_to IS NOT NULL"), Is.EqualTo($"{Crowd}"), TimeSpan.FromMinutes(2));
        Assert.That(slow.Calls.Select(call => call.LastMessage).Where(text => text.StartsWith("hello ", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(Crowd).And.Unique, "Each was asked once.");
        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(DISTINCT h.agent_id) FROM openclaw.heartbeat_executions h JOIN openclaw.agents a ON a.id = h.agent_id WHERE a.model = 'openai/slow' AND h.status <> 'running'"),
            Is.EqualTo($"{Crowd}"), TimeSpan.FromMinutes(2));
        lock (gate)
        {
            Assert.That(most, Is.EqualTo(AtOnce));
        }
    }

    private static async Task<string?> AskAsync(RunningService service, string agent)
    {
        await using var client = await GatewayClient.ConnectAsync(service.Address);
        var asked = new JsonObject { ["message"] = "still there?", ["agentId"] = agent, ["idempotencyKey"] = agent };
        return (string?)(await client.CallAsync("agent", asked).WaitAsync(Promptly))["result"]!["payloads"]![0]!["text"];
    }
}
