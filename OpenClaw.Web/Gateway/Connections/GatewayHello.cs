using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Welcomes a client whose <c>connect</c> was right.</summary>
internal sealed class GatewayHello(GatewayMethods methods, GatewayHub hub, GatewayHealth health, GatewayLimits limits, Uptime uptime)
{
    private const int ShownPresence = 50;

    /// <summary>What may come without being asked for.</summary>
    private static readonly string[] Events =
        ["agent", "chat", "connect.challenge", "cron", "device.pair.requested", "device.pair.resolved", "device.pair.setup.completed", "health", "heartbeat", "message", "node.invoke.cancel", "node.invoke.request", "node.pair.requested", "node.pair.resolved", "presence", "question.requested", "question.resolved", "runtime.cancel", "runtime.turn", "session.message", "sessions.changed", "shutdown", "tick"];

    /// <summary>What the official clients ask for and is true here.</summary>
    private static readonly string[] Capabilities = [Methods.ModelMethods.Capability];

    private readonly string _bootId = Guid.NewGuid().ToString();

    public async Task<HelloOk> ToAsync(GatewayConnection connection, CancellationToken cancellationToken)
    {
        var connected = connection.Connected!;
        var snapshot = await health.ReadAsync(connection, cancellationToken);
        var main = $"agent:{snapshot.DefaultAgentId}:{AgentLookup.Main}";
        return new HelloOk(
            connected.Protocol,
            new HelloServer(ServiceVersion.Service, connection.Id, _bootId),
            new HelloFeatures(methods.Names, Events, Capabilities),
            new HelloSnapshot(
                hub.Presence(connection.MayRead ? ShownPresence : 0, connection.Caller), snapshot, hub.StateVersion, (long)(uptime.Seconds * 1000),
                new SessionDefaults(snapshot.DefaultAgentId, AgentLookup.Main, main, "per-sender"), "token"),
            AuthOf(connected),
            new HelloPolicy(connection.MaxFrame, limits.MaxBuffered, (int)limits.Tick.TotalMilliseconds));
    }

    private static HelloAuth AuthOf(ConnectRequest connected) => new(
        connected.AuthMethod, connected.Role, connected.Scopes, connected.Device?.Issued?.Token, connected.Device?.Issued?.IssuedAt.ToUnixTimeMilliseconds(),
        connected.Device is { AlsoIssued: { Count: > 0 } others }
            ? [.. others.Select(other => new HelloDeviceToken(other.Token, other.Role, other.Scopes, other.IssuedAt.ToUnixTimeMilliseconds()))]
            : null);
}
