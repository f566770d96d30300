using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Upstream;

/// <summary>The whole service with agents that run on another gateway: our own, in a second service.</summary>
[Category("Slow")]
public sealed class BridgedAgentTests
{
    [Test]
    [CancelAfter(240_000)]
    public async Task An_agent_lives_at_the_other_gateway_from_provision_to_stop(CancellationToken cancellationToken)
    {
        await using var other = await RunningService.StartAsync();
        await using var service = await StartAsync(other);
        var id = await ProvisionAsync(service);
        Assert.That(await AgentsOfAsync(other), Is.EqualTo(new[] { "running" }));

        await service.Api.PostAsync($"/api/v1/agents/{id}/message", new { content = "hello there" });
        await Eventually.That(() => RepliesAsync(service), Is.EqualTo(new[] { "echo (no model behind this): hello there" }), TimeSpan.FromSeconds(60));

        Assert.That((await service.Api.PostAsync($"/api/v1/agents/{id}/pause")).Status, Is.EqualTo(HttpStatusCode.OK));
        await service.Api.PostAsync($"/api/v1/agents/{id}/message", new { content = "later" });
        Assert.That((await service.Api.PostAsync($"/api/v1/agents/{id}/resume")).Status, Is.EqualTo(HttpStatusCode.OK));
        await Eventually.That(async () => (await RepliesAsync(service)).LastOrDefault(), Is.EqualTo("echo (no model behind this): later"), TimeSpan.FromSeconds(60));

        var status = (await service.Api.GetJsonAsync("/api/v1/openclaw/status?include_history=true")).Body;
        Assert.Multiple(() =>
        {
            Assert.That((status.GetProperty("connected").GetBoolean(), status.GetProperty("connection_state").GetString()), Is.EqualTo((true, "connected")));
            Assert.That(status.GetProperty("gateway_url").GetString(), Is.EqualTo($"ws://127.0.0.1:{other.Address.Port}/"));
        });
        await Eventually.That(() => CommandsAsync(service), Is.EqualTo(new[] { "agent", "agents.create", "agent", "agents.create" }));

        await service.Api.DeleteAsync($"/api/v1/agents/{id}", cancellationToken);
        await Eventually.That(() => AgentsOfAsync(other), Is.EqualTo(new[] { "stopped" }), TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task Without_a_gateway_provisioning_fails_at_its_first_step_and_names_what_to_set()
    {
        var service = await SharedService.GetAsync();

        var answer = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "stranded", model = "openclaw/default" });
        var agent = await Eventually.That(
            () => service.Database.LinesAsync("SELECT status, error_message FROM openclaw.agents WHERE name = 'stranded'"), Has.One.StartsWith("failed|"));

        Assert.That(agent.Single(), Does.StartWith("failed|provision ended at validate:").And.Contain("OPENCLAW_GATEWAY_URL"), answer.Body.ToString());
    }

    [Test]
    public async Task Only_the_last_ten_commands_are_kept()
    {
        await using var other = await RunningService.StartAsync();
        await using var service = await StartAsync(other);
        var id = await ProvisionAsync(service);
        for (var number = 1; number <= 11; number++)
        {
            await service.Api.PostAsync($"/api/v1/agents/{id}/message", new { content = $"message {number}" });
        }

        await Eventually.That(async () => (await RepliesAsync(service)).Count, Is.EqualTo(11), TimeSpan.FromSeconds(60));

        await Eventually.That(async () => await CommandsAsync(service), Is.EqualTo(Enumerable.Repeat("agent", 10)));
    }

    private static Task<RunningService> StartAsync(RunningService other) => RunningService.StartAsync(
        cluster: null, ("OPENCLAW_GATEWAY_URL", $"ws://127.0.0.1:{other.Address.Port}"), ("OPENCLAW_AUTH_TOKEN", RunningService.Token));

    private static async Task<Guid> ProvisionAsync(RunningService service)
    {
        var answer = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "Ada", model = "openclaw/default", heartbeat = new { enabled = false } });
        var id = answer.AgentId;
        await Eventually.That(() => service.Database.TextAsync($"SELECT status FROM openclaw.agents WHERE id = '{id}'"), Is.EqualTo("running"), TimeSpan.FromSeconds(60));
        return id;
    }

    private static Task<List<string>> AgentsOfAsync(RunningService service) => service.Database.LinesAsync("SELECT status FROM openclaw.agents");

    private static Task<List<string>> RepliesAsync(RunningService service) =>
        service.Database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY created_at");

    private static async Task<string[]> CommandsAsync(RunningService service)
    {
        var status = await service.Api.GetJsonAsync("/api/v1/openclaw/status?include_history=true");
        return [.. status.Body.GetProperty("command_history").EnumerateArray().Select(command => command.GetProperty("method").GetString()!)];
    }
}
