using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>What the bridge reads of hello-ok; the rest differs between versions of the gateway.</summary>
internal sealed record UpstreamHello(int Protocol, UpstreamHello.ServerPart? Server, UpstreamHello.SnapshotPart? Snapshot, UpstreamHello.AuthPart? Auth, UpstreamHello.PolicyPart? Policy)
{
    private const int UsualTick = 30_000;

    // Shorter than what a timer can do, and longer than what would be noticed, it is not told in earnest.
    private const int ShortestTick = 20;
    private const int LongestTick = 10 * 60_000;
    private const int MaxVersion = 64;

    public TimeSpan Tick => TimeSpan.FromMilliseconds(Policy is { TickIntervalMs: > 0 } policy ? Math.Clamp(policy.TickIntervalMs, ShortestTick, LongestTick) : UsualTick);

    public string Version => Server?.Version is { Length: > 0 } version ? ForeignText.OneLine(version, MaxVersion) : "unknown";

    internal sealed record ServerPart(string? Version);

    internal sealed record SnapshotPart(JsonElement Health);

    internal sealed record AuthPart(IReadOnlyList<string>? Scopes, string? DeviceToken);

    internal sealed record PolicyPart(int TickIntervalMs);
}
