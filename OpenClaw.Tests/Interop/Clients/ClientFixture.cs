using OpenClaw.Tests.Interop.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary>A program of OpenClaw's that is pointed at the real gateway, and at ours, and must be as content with both.</summary>
[Category("Interop")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class ClientFixture(Side side)
{
    private protected GatewaySide Gateway { get; private set; } = null!;

    private protected ClientHome Home { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_gateway()
    {
        Gateway = await GatewaySide.StartAsync(side);
        Home = Gateway.Home();
    }

    [OneTimeTearDown]
    public async Task Stop_the_gateway()
    {
        Home.Dispose();
        await Gateway.DisposeAsync();
    }
}
