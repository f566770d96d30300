using System.Text.Json;

namespace OpenClaw.Jobs.Bridge;

/// <summary>What the bridge reads of hello-ok; the rest differs between versions of the gateway.</summary>
internal sealed record BridgeHello(int Protocol, BridgeHello.ServerPart Server, BridgeHello.SnapshotPart? Snapshot, BridgeHello.AuthPart? Auth, BridgeHello.PolicyPart? Policy)
{
    private const int UsualTick = 30_000;

    public TimeSpan Tick => TimeSpan.FromMilliseconds(Policy is { TickIntervalMs: > 0 } policy ? policy.TickIntervalMs : UsualTick);

    internal sealed record ServerPart(string Version);

    internal sealed record SnapshotPart(JsonElement Health);

    internal sealed record AuthPart(IReadOnlyList<string>? Scopes);

    internal sealed record PolicyPart(int TickIntervalMs);
}
