namespace OpenClaw.Jobs.Protocol;

/// <summary>The first thing a gateway says.</summary>
/// <param name="Nonce">For a proof of the client's device.</param>
/// <param name="Ts">Milliseconds since 1970.</param>
public sealed record ConnectChallenge(string Nonce, long Ts);

/// <summary>The answer to <c>connect</c>: who both sides are, and what may be asked.</summary>
public sealed record HelloOk(
    int Protocol, HelloServer Server, HelloFeatures Features, HelloSnapshot Snapshot, HelloAuth Auth, HelloPolicy Policy)
{
    public string Type { get; } = "hello-ok";
}

/// <param name="Version">Of this build.</param>
/// <param name="ConnId">Of this connection.</param>
/// <param name="BootId">Changes with every start of the node.</param>
public sealed record HelloServer(string Version, string ConnId, string BootId);

/// <param name="Methods">What may be asked.</param>
/// <param name="Events">What may come without being asked for.</param>
/// <param name="Capabilities">What official clients ask for before they use a method.</param>
public sealed record HelloFeatures(IReadOnlyList<string> Methods, IReadOnlyList<string> Events, IReadOnlyList<string> Capabilities);

public sealed record HelloSnapshot(
    IReadOnlyList<PresenceEntry> Presence, HealthPayload Health, StateVersion StateVersion, long UptimeMs, SessionDefaults SessionDefaults, string AuthMode);

public sealed record SessionDefaults(string DefaultAgentId, string MainKey, string MainSessionKey, string Scope);

/// <param name="Method">What the client showed: <c>token</c>, <c>device-token</c> or <c>bootstrap-token</c>.</param>
/// <param name="Role">operator or node.</param>
/// <param name="Scopes">What is enforced.</param>
/// <param name="DeviceToken">What lets the client's device in the next time.</param>
/// <param name="IssuedAtMs">When that was made.</param>
/// <param name="DeviceTokens">The same in its other roles, where it comes in for all of them at once; null otherwise.</param>
public sealed record HelloAuth(string Method, string Role, IReadOnlyList<string> Scopes, string? DeviceToken = null, long? IssuedAtMs = null, IReadOnlyList<HelloDeviceToken>? DeviceTokens = null);

/// <summary>What lets the client's device in the next time in another of its roles.</summary>
public sealed record HelloDeviceToken(string DeviceToken, string Role, IReadOnlyList<string> Scopes, long IssuedAtMs);

/// <param name="MaxPayload">Bytes of a frame from the client.</param>
/// <param name="MaxBufferedBytes">Bytes that may wait for a slow client before it is cut off.</param>
/// <param name="TickIntervalMs">Something is said at least that often.</param>
public sealed record HelloPolicy(int MaxPayload, int MaxBufferedBytes, int TickIntervalMs);

/// <summary>Somebody who is connected, or the gateway itself.</summary>
public sealed record PresenceEntry(
    string? Host, string? Version, string? Platform, string? Mode, string? Reason, string? Text, long Ts, IReadOnlyList<string>? Roles, IReadOnlyList<string>? Scopes, string? InstanceId, string? DeviceId = null);
