using System.Net.Http.Json;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Interop;

/// <summary>The bridge and the real OpenClaw gateway; <c>scripts/test interop</c> brings it.</summary>
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
[Category("Interop")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RealGatewayTests
{
    private const string Count = "one two three four five six seven eight nine ten";

    // A first turn took half a minute on a busy machine, and a restart of the gateway twice that.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private RealGateway _gateway = null!;

    [OneTimeSetUp]
    public async Task Start_the_real_gateway() => _gateway = await RealGateway.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_real_gateway() => await _gateway.DisposeAsync();

    [Test, Order(1)]
    public async Task An_agent_is_made_there_and_answers_in_parts_and_its_heart_beats()
    {
        await using var service = await RunningService.StartAsync(cluster: null, Settings);
        var id = await ProvisionAsync(service.Api, "Ada");
        await using var there = await _gateway.TalkAsync();
        Assert.That((await there.CallAsync("agents.list"))["agents"]!.AsArray().Select(agent => (string?)agent!["id"]), Has.Some.StartsWith("ada-"));

        await using var here = await GatewayClient.ConnectAsync(service.Address);
        await SendAsync(service.Api, id, "say [[hello from the other side]]");
        await RepliedAsync(service.Database, "hello from the other side");
        await SendAsync(service.Api, id, $"count {EchoModel.Slowly} [[{Count}]]");
        await RepliedAsync(service.Database, Count);
        var parts = here.Events("agent").Where(frame => (string?)frame["payload"]!["stream"] == "assistant" && ((string?)frame["payload"]!["data"]!["text"])!.StartsWith("one", StringComparison.Ordinal));
        Assert.That(parts.Count(), Is.GreaterThan(3), "It is told while it grows.");

        await service.Api.PostAsync($"/api/v1/agents/{id}/heartbeat");
        await Eventually.That(() => service.Database.TextAsync("SELECT status FROM openclaw.heartbeat_executions"), Is.EqualTo("ok"), Patience);

        await service.Api.PostAsync($"/api/v1/agents/{id}/pause");
        await StatusAsync(service.Database, "paused");
        await service.Api.PostAsync($"/api/v1/agents/{id}/resume");
        await StatusAsync(service.Database, "running");
        await service.Api.DeleteAsync($"/api/v1/agents/{id}");
        await StatusAsync(service.Database, "stopped");
        await Eventually.That(
            async () => (await there.CallAsync("agents.list"))["agents"]!.AsArray().Select(agent => (string?)agent!["id"]), Has.None.StartsWith("ada-"), TimeSpan.FromSeconds(60));
    }

    [Test, Order(2)]
    public async Task A_turn_whose_service_was_killed_is_picked_up_as_the_same_run()
    {
        const string said = "two lives and one run";
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new ServiceProcess(database, Settings);
        await service.StartAsync();
        var id = await ProvisionAsync(service.Api, "Bea");
        await using var there = await _gateway.TalkAsync();
        await SendAsync(service.Api, id, $"say {EchoModel.Slowly} [[{said} {Count}]]");
        await StreamingAsync(there, said);

        await service.KillAsync();
        await service.StartAsync();

        await RepliedAsync(database, $"{said} {Count}");
        Assert.That(_gateway.Model.Finished.Count(text => text.StartsWith(said, StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(Runs(there, said), Has.Exactly(1).Items);
    }

    [Test, Order(3)]
    public async Task A_turn_whose_gateway_was_killed_is_finished_once()
    {
        const string said = "the gateway went and came back";
        await using var service = await RunningService.StartAsync(cluster: null, Settings);
        var id = await ProvisionAsync(service.Api, "Cid");
        await using (var there = await _gateway.TalkAsync())
        {
            await SendAsync(service.Api, id, $"say {EchoModel.Slowly} [[{said} {Count}]]");
            await StreamingAsync(there, said);
            await _gateway.KillAsync();
        }

        await _gateway.StartAgainAsync();

        await RepliedAsync(service.Database, $"{said} {Count}");
        Assert.That(_gateway.Model.Finished.Count(text => text.StartsWith(said, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private (string, string)[] Settings => [("OPENCLAW_GATEWAY_URL", _gateway.Url), ("OPENCLAW_AUTH_TOKEN", RealGateway.Token)];

    private static async Task<Guid> ProvisionAsync(HttpClient api, string name)
    {
        var agent = (await api.PostAsync("/api/v1/agents/provision", new { name, model = "openclaw/default", heartbeat = new { enabled = false } })).AgentId;
        await Eventually.That(async () => (await api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("running"), Patience);
        return agent;
    }

    private static async Task SendAsync(HttpClient api, Guid agent, string content)
    {
        using var answer = await api.PostAsJsonAsync($"/api/v1/agents/{agent}/message", new { content });
        answer.EnsureSuccessStatusCode();
    }

    private static Task<List<string>> RepliedAsync(TestDatabase database, string text) => Eventually.That(
        () => database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY created_at DESC LIMIT 1"), Is.EqualTo(new[] { text }), Patience);

    private static Task<string> StatusAsync(TestDatabase database, string status) =>
        Eventually.That(() => database.TextAsync("SELECT status FROM openclaw.agents"), Is.EqualTo(status), Patience);

    private static Task<bool> StreamingAsync(GatewayClient client, string said) => Eventually.That(() => Runs(client, said).Any(), Is.True, Patience);

    private static IEnumerable<string> Runs(GatewayClient client, string said) => client.Events("agent")
        .Where(frame => (string?)frame["payload"]!["stream"] == "assistant" && ((string?)frame["payload"]!["data"]!["text"])!.StartsWith(said[..3], StringComparison.Ordinal))
        .Select(frame => (string)frame["payload"]!["runId"]!)
        .Distinct();
}
