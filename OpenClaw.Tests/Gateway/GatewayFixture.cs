using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>One service for the tests of a fixture.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class GatewayFixture
{
    private protected RunningService Service { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => Service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task Stop_the_service() => await Service.DisposeAsync();

    private protected Task<GatewayClient> ConnectAsync(params string[] scopes) => GatewayClient.ConnectAsync(Service.Address, "/", scopes);

    private protected Task<GatewayClient> OpenAsync(string path = "/") => GatewayClient.OpenAsync(Service.Address, path);

    /// <summary>A running agent; returns its id in the protocol.</summary>
    private protected async Task<string> AgentAsync(string name)
    {
        await using var client = await ConnectAsync();
        var created = await client.CallAsync("agents.create", new System.Text.Json.Nodes.JsonObject { ["name"] = name });
        var id = (string)created["agentId"]!;
        await OpenClaw.Tests.Support.Eventually.That(
            async () => (await client.CallAsync("agents.list"))["agents"]!.AsArray().Any(agent => (string)agent!["id"]! == id && (string)agent["status"]! == "running"),
            Is.True,
            TimeSpan.FromSeconds(20));
        return id;
    }
}
