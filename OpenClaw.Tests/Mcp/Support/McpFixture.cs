using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Mcp.Support;

/// <summary>One service for the tests of a fixture, with a runtime that does as they say.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class McpFixture
{
    private protected ScriptedRuntime Runtime { get; } = new();

    private protected ErrorLog Errors { get; } = new();

    private protected RunningService Service { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        Service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(Runtime).AddSingleton<ILoggerProvider>(Errors));
        Runtime.Answer("scripted/unlucky", (_, _) => throw new StepFailedException("out_of_luck", "There is no luck today.") { NonRetryable = true });
    }

    [OneTimeTearDown]
    public async Task Stop_the_service() => await Service.DisposeAsync();

    private protected async Task<string> KeyAsync(string name, string scope, params Guid[] agents)
    {
        var made = await Service.Api.PostAsync("/api/v1/keys", new { name, scopes = new[] { scope }, agents });
        return made.Text("key")!;
    }

    private protected async Task<Guid> AgentAsync(string name, string model) =>
        (await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model })).AgentId;

    /// <summary>The delivery of a message to an agent that fails at each.</summary>
    private protected async Task<Guid> FailedWorkflowAsync(string agent)
    {
        var id = await AgentAsync(agent, "scripted/unlucky");
        await Service.Api.PostAsync($"/api/v1/agents/{id}/message", new { content = "try" });
        var failed = await Eventually.That(
            async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{id}/workflows")).Body.GetProperty("workflows").EnumerateArray().Where(run => run.GetProperty("status").GetString() == "ERROR").ToList(),
            Has.Count.EqualTo(1));
        return failed[0].GetProperty("workflow_uuid").GetGuid();
    }
}
