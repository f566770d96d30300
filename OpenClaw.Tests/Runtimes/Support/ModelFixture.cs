using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes.Support;

/// <summary>A service whose <c>openai/…</c> agents run on a provider of ours, which repeats what it is told unless a test says otherwise.</summary>
public abstract class ModelFixture(params (string Name, string Value)[] settings)
{
    private protected FakeProvider Provider { get; private set; } = null!;

    private protected RunningService Service { get; private set; } = null!;

    private protected GatewayClient Client { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        Provider = await FakeProvider.StartAsync();
        Service = await RunningService.StartAsync(null, [("OPENAI_BASE_URL", $"{Provider.Address}v1"), .. settings]);
        Client = await GatewayClient.ConnectAsync(Service.Address, "/");
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        await Client.DisposeAsync();
        await Service.DisposeAsync();
        await Provider.DisposeAsync();
    }

    [SetUp]
    public void Answer_as_ever()
    {
        Provider.Calls.Clear();
        Provider.Answer(call => call.SayAsync($"You said: {call.LastMessage}"));
    }

    protected async Task<Guid> ProvisionAsync(string name, object? configuration = null, bool heartbeat = false)
    {
        var answer = await Service.Api.CarryOutAsync(
            "/api/v1/agents/provision", new { name, model = "openai/some-model", persona = "You are kind.", heartbeat = new { enabled = heartbeat }, configuration = configuration ?? new { } });
        return answer.AgentId;
    }
}
