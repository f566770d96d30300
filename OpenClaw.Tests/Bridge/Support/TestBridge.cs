using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Jobs.Bridge;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Tests.Bridge.Support;

/// <summary>A bridge by itself, quicker to try again than the service's.</summary>
internal static class TestBridge
{
    public static readonly BridgeLimits Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(50),
        RefusedPause = TimeSpan.FromMilliseconds(50),
    };

    public static async Task<GatewayBridge> StartAsync(Uri? gateway, string? token = "token", BridgeLimits? limits = null)
    {
        var bridge = new GatewayBridge(new BridgeSettings(gateway, token), limits ?? Quick, new ExecutorIdentity("test:1"), TimeProvider.System, NullLogger<GatewayBridge>.Instance);
        await bridge.StartAsync(default);
        return bridge;
    }
}
