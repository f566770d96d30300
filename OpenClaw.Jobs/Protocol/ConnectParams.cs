namespace OpenClaw.Jobs.Protocol;

/// <summary>The parameters of <c>connect</c>.</summary>
public sealed record ConnectParams(int MinProtocol, int MaxProtocol, ConnectClient Client, string Role, IReadOnlyList<string> Scopes, ConnectAuth? Auth, ConnectDevice? Device = null);

/// <param name="Id">One of the names that gateways know.</param>
/// <param name="Version">Of the client's build.</param>
/// <param name="Platform">The operating system.</param>
/// <param name="Mode">One of the kinds that gateways know.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="InstanceId">The same after a reconnect.</param>
public sealed record ConnectClient(string Id, string Version, string Platform, string Mode, string? DisplayName, string? InstanceId);

/// <param name="Token">The gateway's; null without.</param>
/// <param name="DeviceToken">Of the device that is proved; null without.</param>
public sealed record ConnectAuth(string? Token, string? DeviceToken = null);

/// <summary>The proof that we hold a device's key.</summary>
public sealed record ConnectDevice(string Id, string PublicKey, string Signature, long SignedAt, string Nonce);
