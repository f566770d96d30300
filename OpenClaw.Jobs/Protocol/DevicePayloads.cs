namespace OpenClaw.Jobs.Protocol;

/// <summary>A device that waits to be let in; also the event <c>device.pair.requested</c>.</summary>
public sealed record PendingDevice(
    string RequestId, string DeviceId, string PublicKey, string? DisplayName, string? Platform, string? DeviceFamily, string? ClientId, string? ClientMode,
    string Role, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string? RemoteIp, bool Silent, bool IsRepair, long Ts);

/// <summary>A device that is in.</summary>
public sealed record PairedDevice(
    string DeviceId, string PublicKey, string? DisplayName, string? OperatorLabel, string? Platform, string? DeviceFamily, string? ClientId, string? ClientMode,
    string? Role, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes, string? RemoteIp, string ApprovedVia, long CreatedAtMs, long ApprovedAtMs,
    long? LastSeenAtMs, string? LastSeenReason, bool? Connected, IReadOnlyList<DeviceTokenSummary>? Tokens);

/// <summary>A token, without itself.</summary>
public sealed record DeviceTokenSummary(string Role, IReadOnlyList<string> Scopes, long CreatedAtMs, long? RotatedAtMs, long? RevokedAtMs, long? LastUsedAtMs);

/// <summary>The answer to <c>device.pair.list</c>.</summary>
public sealed record DevicePairList(IReadOnlyList<PendingDevice> Pending, IReadOnlyList<PairedDevice> Paired);

/// <summary>The answer to <c>device.pair.approve</c>.</summary>
public sealed record DeviceApproved(string RequestId, PairedDevice Device);

/// <summary>The answer to <c>device.pair.reject</c>.</summary>
public sealed record DeviceRejected(string RequestId, string DeviceId);

/// <summary>The answer to <c>device.pair.remove</c>.</summary>
public sealed record DeviceRemoved(string DeviceId);

/// <summary>The answer to <c>device.pair.rename</c>.</summary>
public sealed record DeviceRenamed(string DeviceId, string Label);

/// <summary>The event <c>device.pair.resolved</c>.</summary>
public sealed record DevicePairResolved(string RequestId, string DeviceId, string Decision, long Ts);

/// <summary>The answer to <c>device.token.rotate</c>; the token itself for the device alone.</summary>
public sealed record DeviceTokenRotated(string DeviceId, string Role, string? Token, IReadOnlyList<string> Scopes, long RotatedAtMs, string TokenDelivery);

/// <summary>The answer to <c>device.token.revoke</c>.</summary>
public sealed record DeviceTokenRevoked(string DeviceId, string Role, long RevokedAtMs);

/// <summary>The answer to <c>device.scopes.requestUpgrade</c>.</summary>
public sealed record ScopeUpgradeRequested(string RequestId);

/// <summary>The answer to <c>device.scopes.waitUpgrade</c>; the token and its scopes where the status is <c>approved</c>.</summary>
public sealed record ScopeUpgradeDecided(string Status, string RequestId, string? DeviceToken = null, IReadOnlyList<string>? Scopes = null);

/// <summary>The answer to <c>device.pair.setupCode</c>.</summary>
public sealed record DeviceSetupCode(string SetupId, long ExpiresAtMs, string SetupCode, string GatewayUrl, string Auth, string UrlSource, string Access, bool? AccessDowngraded = null);

/// <summary>What a setup code holds, as base64url of JSON.</summary>
public sealed record DeviceSetupPayload(string Url, string BootstrapToken, long ExpiresAtMs);

/// <summary>The answer to <c>device.pair.setupStatus</c>; without a completion while nobody has used the code.</summary>
public sealed record DeviceSetupStatus(DeviceSetupCompleted? Completion = null);

/// <summary>A device that a setup code has let in; also the event <c>device.pair.setup.completed</c>.</summary>
public sealed record DeviceSetupCompleted(string SetupId, string DeviceId, string? DeviceName, string Access, long Ts);
