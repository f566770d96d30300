using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>One service, and agents that answer as a test says. Tests move an agent's due time, not the clock.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class HeartbeatFixture
{
    private protected ScriptedRuntime Runtime { get; } = new();

    private protected RunningService Service { get; private set; } = null!;

    /// <summary>What gates may look at: nothing, unless a fixture says so before it starts the service.</summary>
    private protected GateSettings Gates { get; set; } = new();

    [OneTimeSetUp]
    public virtual async Task Start_the_service()
    {
        Runtime.Answer("scripted/well", HeartbeatReply.AllWell);
        Service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(Runtime).AddSingleton(Gates));
    }

    [OneTimeTearDown]
    public async Task Stop_the_service() => await Service.DisposeAsync();

    private protected async Task<Guid> ProvisionAsync(string model, params string[] checklist)
    {
        var answer = await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = model.Split('/')[1], model, heartbeat = new { interval = "5m", checklist } });
        await DueAsync(answer.AgentId, "now() + interval '4 minutes'");
        return answer.AgentId;
    }

    private protected Task<Answer> PatchAsync(Guid agent, object settings) =>
        Service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", JsonContent.Create(settings), []);

    private protected Task DueAsync(Guid agent, string when) => Service.Database.ExecuteAsync($"UPDATE openclaw.agents SET next_heartbeat_at = {when} WHERE id = '{agent}'");

    private protected async Task<JsonElement[]> BeatsAsync(Guid agent) =>
        [.. (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/heartbeats")).Body.GetProperty("heartbeats").EnumerateArray()];

    private protected async Task<string[]> StatusesAsync(Guid agent) => [.. (await BeatsAsync(agent)).Select(beat => beat.GetProperty("status").GetString()!)];
}
