using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Each way to come in ends at ours as it was recorded at the real gateway, but for what docs/gateway.md explains.</summary>
public sealed class ConnectMatrixTests
{
    // Each has its line in "Where the handshake differs from the real gateway's".
    private static readonly Dictionary<string, string[]> OfConnects = new()
    {
        ["a page without an origin"] = ["message", "reason"],
        ["version 3 alone"] = ["close", "reason", "code", "message", "details.code", "protocol", "method", "role", "scopes", "deviceToken"],
        ["a frame of 70,000 bytes"] = ["reason"],
    };

    private static readonly Dictionary<string, string[]> OfDevices = new()
    {
        ["more without a device"] = ["message"],
        ["coming in for more"] = ["members"],
        ["a setup code for the open internet, without TLS"] = ["message"],
        ["a setup code for nowhere"] = ["message"],
    };

    [Test]
    public async Task A_connection_begins_and_ends_as_at_the_real_gateway()
    {
        await using var service = await RunningService.StartAsync();

        await RecordedOutcomes.CompareAsync("connects", await ConnectMatrix.TryAsync(service.Address, RunningService.Token), OfConnects);
    }

    [Test]
    public async Task A_device_asks_for_more_and_is_set_up_as_at_the_real_gateway()
    {
        await using var service = await RunningService.StartAsync();

        await RecordedOutcomes.CompareAsync("devices", await DeviceDialogue.PlayAsync(service.Address, RunningService.Token), OfDevices);
    }
}
