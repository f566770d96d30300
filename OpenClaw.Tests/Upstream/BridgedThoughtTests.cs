using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Upstream;

/// <summary>What an agent of another gateway thought is no part of what it said, whether that gateway takes it out or not.</summary>
public sealed class BridgedThoughtTests
{
    private static readonly string[] Replies =
    [
        "<think>SECRET</think>\nYes.", "SECRET</think>Yes.", "<reasoning>SECRET</reasoning>Yes.",
        "<|channel|>analysis<|message|>SECRET<|end|><|start|>assistant<|channel|>final<|message|>Yes.",
    ];

    [Test]
    [CancelAfter(120_000)]
    public async Task Thoughts_are_neither_told_while_the_reply_grows_nor_kept()
    {
        var agents = new JsonArray();
        await using var other = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.ServeAsync(request => AnswerAsync(peer, request, agents));
        });
        await using var service = await RunningService.StartAsync(cluster: null, ("OPENCLAW_GATEWAY_URL", other.Address.ToString()), ("OPENCLAW_AUTH_TOKEN", "token"));
        await using var client = await GatewayClient.ConnectAsync(service.Address, "/");
        var agent = (await service.Api.PostAsync("/api/v1/agents/provision", new { name = "ada", model = "openclaw/default", heartbeat = new { enabled = false } })).AgentId;
        await Eventually.That(() => service.Database.TextAsync($"SELECT status FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("running"), TimeSpan.FromSeconds(60));

        for (var number = 0; number < Replies.Length; number++)
        {
            var answer = await client.CallAsync("agent", new JsonObject { ["message"] = $"{number}", ["agentId"] = $"{agent}", ["idempotencyKey"] = $"think-{number}" });
            Assert.That((string?)answer["result"]!["payloads"]![0]!["text"], Is.EqualTo("Yes."), Replies[number]);
        }

        Assert.That(await service.Database.LinesAsync("SELECT DISTINCT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo(new[] { "Yes." }));
        var told = client.Events("chat").Concat(client.Events("agent")).Select(frame => frame.ToJsonString()).ToList();
        Assert.That(told.Where(frame => frame.Contains("final", StringComparison.Ordinal)), Is.Not.Empty);

        // A beginning that is only missing shows at its end; what was told of it until then is taken back.
        Assert.That(told.Where(frame => !frame.Contains("think-1", StringComparison.Ordinal)), Has.None.Contains("SECRET"));
    }

    // A run's answer grows letter by letter and then comes whole, as the message says by its number.
    private static async Task AnswerAsync(ScriptedPeer peer, JsonNode request, JsonArray agents)
    {
        switch ((string?)request["method"])
        {
            case "agents.create":
                agents.Add(new JsonObject { ["id"] = "ada", ["name"] = (string?)request["params"]!["name"] });
                await peer.AnswerAsync(request, """{"ok":true,"agentId":"ada"}""");
                break;
            case "agents.list":
                await peer.AnswerAsync(request, new JsonObject { ["agents"] = agents.DeepClone() }.ToJsonString());
                break;
            case "agent":
                var (run, text) = ((string)request["params"]!["idempotencyKey"]!, Replies[int.Parse((string)request["params"]!["message"]!, System.Globalization.CultureInfo.InvariantCulture)]);
                await peer.AnswerAsync(request, JsonSerializer.Serialize(new { runId = run, status = "accepted", acceptedAt = 1 }));
                for (var length = 1; length <= text.Length; length++)
                {
                    await peer.SayAsync(JsonSerializer.Serialize(new
                    {
                        type = "event",
                        @event = "agent",
                        payload = new { runId = run, stream = "assistant", data = new { text = text[..length], delta = text[(length - 1)..length] }, sessionKey = "agent:ada:main", agentId = "ada", seq = length, ts = 1 },
                    }));
                }

                await peer.AnswerAsync(request, JsonSerializer.Serialize(new { runId = run, status = "ok", summary = "completed", result = new { payloads = new[] { new { text } } } }));
                break;
            default:
                await peer.AnswerAsync(request, """{"ok":true}""");
                break;
        }
    }
}
