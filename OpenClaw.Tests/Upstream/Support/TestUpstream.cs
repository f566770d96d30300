using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Runtimes.Upstream;

namespace OpenClaw.Tests.Upstream.Support;

/// <summary>A bridge by itself, quicker to try again than the service's.</summary>
internal static class TestUpstream
{
    public static readonly UpstreamLimits Quick = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(50),
        RefusedPause = TimeSpan.FromMilliseconds(50),
        PairingPause = TimeSpan.FromMilliseconds(50),
    };

    /// <param name="gateway">Its address.</param>
    /// <param name="token">Its token.</param>
    /// <param name="limits">Null for quick ones.</param>
    /// <param name="directory">Where the bridge keeps its device; null for none.</param>
    /// <param name="notifier">Hears what the owner is told.</param>
    public static async Task<UpstreamGateway> StartAsync(Uri? gateway, string? token = "token", UpstreamLimits? limits = null, string? directory = null, IPairingNotifier? notifier = null)
    {
        var settings = new UpstreamSettings(gateway, token) { DataDirectory = directory };
        var bridge = new UpstreamGateway(settings, new UpstreamDevice(settings), notifier ?? Substitute.For<IPairingNotifier>(), limits ?? Quick, new ExecutorIdentity("test:1"), TimeProvider.System, NullLogger<UpstreamGateway>.Instance);
        await bridge.StartAsync(default);
        return bridge;
    }
}
