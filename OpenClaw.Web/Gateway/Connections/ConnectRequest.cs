using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Nodes;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>A <c>connect</c> that is one.</summary>
internal sealed record ConnectRequest(int Protocol, string Role, IReadOnlyList<string> Scopes, string AuthMethod, GatewayClient Client)
{
    // Everybody who is connected is told of everybody else.
    private const int MaxName = 128;
    private const int MaxWord = 64;

    private static readonly string[] Fields =
    [
        "minProtocol", "maxProtocol", "client", "role", "scopes", "caps", "auth", "device", "commands", "permissions", "pathEnv", "locale", "userAgent",
    ];

    private static readonly string[] ClientFields =
        ["id", "version", "platform", "mode", "displayName", "deviceFamily", "modelIdentifier", "instanceId", "buildId", "timeZone"];

    private static readonly string[] ClientIds =
    [
        "cli", "gateway-client", "openclaw-tui", "openclaw-control-ui", "webchat", "webchat-ui", "openclaw-browser-copilot", "openclaw-macos", "openclaw-linux",
        "openclaw-ios", "openclaw-watchos", "openclaw-android", "node-host", "openclaw-worker", "openclaw-probe", "fingerprint", "test",
    ];

    private static readonly string[] ClientModes = ["cli", "ui", "webchat", "backend", "node", "worker", "probe", "test"];

    /// <summary>What the client has shown.</summary>
    public ShownSecrets Secrets { get; init; } = ShownSecrets.None;

    /// <summary>That it holds its device's key; null when it says nothing of a device.</summary>
    public DeviceProof? Proof { get; init; }

    /// <summary>As they were asked for: this is what a device signs.</summary>
    public IReadOnlyList<string> AskedScopes { get; init; } = [];

    /// <summary>What it offers to do as a node.</summary>
    public NodeOffer Offer { get; init; } = NodeOffer.None;

    /// <summary>The device that has come in; null without one.</summary>
    public DeviceGrant? Device { get; init; }

    /// <summary>The key that it came in with; null for the gateway's token or a device's.</summary>
    public KeyGrant? Key { get; init; }

    /// <summary>What is worth remembering of it while the connection lasts: no secret, and nothing that only the way in asked for.</summary>
    public ConnectRequest Settled() => this with
    {
        Secrets = ShownSecrets.None,
        Proof = null,
        AskedScopes = [],
        Device = Device is null ? null : Device with { Issued = null, AlsoIssued = [] },
    };

    /// <summary>Reads it; whether the client comes in is decided by <see cref="ConnectDoor"/>.</summary>
    /// <exception cref="GatewayException">What is wrong with it; the connection is to be closed.</exception>
    public static ConnectRequest Read(JsonElement request)
    {
        var connect = new GatewayParams("connect", request, Fields);
        var (min, max) = (Number(connect, "minProtocol"), Number(connect, "maxProtocol"));
        var client = ReadClient(connect);
        var role = connect.OptionalText("role") ?? DeviceScopes.Operator;
        if (role is not (DeviceScopes.Operator or DeviceScopes.Node))
        {
            throw GatewayException.Invalid("invalid role");
        }

        var scopes = connect.Texts("scopes");
        var caps = connect.Texts("caps");
        var proof = ReadProof(connect);
        if (ProtocolVersion.Agree(min, max) is not { } version)
        {
            throw Mismatch(min, max);
        }

        if (connect.Object("auth") is { } given && !ForeignJson.IsWhole(given))
        {
            throw connect.Wrong("at /auth: must be valid Unicode and must not contain NUL");
        }

        // A probe wants to know what we speak, whatever it speaks itself; one that does not speak the newest may do nothing else.
        var (spoken, isOldProbe) = client.Mode == "probe" ? (ProtocolVersion.Newest, version != ProtocolVersion.Newest) : (version, false);
        return new ConnectRequest(spoken, role, role == DeviceScopes.Node || isOldProbe ? [] : Gateway.Connections.Scopes.Grant(scopes), "", client with { Caps = caps })
        {
            Secrets = ShownSecrets.Read(connect.Object("auth")),
            Proof = proof,
            AskedScopes = scopes,
            Offer = role == DeviceScopes.Node ? NodeOffers.Read(connect, caps) : NodeOffer.None,
        };
    }

    private static DeviceProof? ReadProof(GatewayParams connect)
    {
        if (connect.Nested("device", "id", "publicKey", "signature", "signedAt", "nonce") is not { } device)
        {
            return null;
        }

        device.Required("signedAt");
        return new DeviceProof(device.Filled("id"), device.Filled("publicKey"), device.Filled("signature"), (long)device.Whole("signedAt", 0), device.Filled("nonce"));
    }

    private static GatewayClient ReadClient(GatewayParams connect)
    {
        var client = new GatewayParams("connect", connect.Object("client") ?? throw connect.Wrong("must have required property 'client'"), ClientFields);
        var id = client.Filled("id");
        var mode = client.Filled("mode");
        if (!ClientIds.Contains(id))
        {
            throw connect.Wrong("at /client/id: must be equal to one of the allowed values");
        }

        if (!ClientModes.Contains(mode))
        {
            throw connect.Wrong("at /client/mode: must be equal to one of the allowed values");
        }

        return new GatewayClient(id, client.Filled("version", MaxWord), client.Filled("platform", MaxWord), mode, client.OptionalText("displayName", MaxName), client.OptionalText("instanceId", MaxName), [])
        {
            DeviceFamily = client.OptionalText("deviceFamily", MaxWord),
        };
    }

    private static int Number(GatewayParams connect, string name)
    {
        connect.Required(name);
        return connect.Number(name, 0, 0, int.MaxValue);
    }

    private static GatewayException Mismatch(int min, int max) => new(new GatewayError(
        ErrorCodes.InvalidRequest,
        "protocol mismatch",
        GatewayException.Details(
            "PROTOCOL_MISMATCH", ("clientMinProtocol", min), ("clientMaxProtocol", max), ("expectedProtocol", ProtocolVersion.Newest),
            ("minimumProbeProtocol", ProtocolVersion.Oldest))));
}

/// <summary>Who is at the other end, as it says itself.</summary>
internal sealed record GatewayClient(string Id, string Version, string Platform, string Mode, string? DisplayName, string? InstanceId, IReadOnlyList<string> Caps)
{
    public string? DeviceFamily { get; init; }
}

/// <summary>The secrets of a <c>connect</c>; null for those that were not given.</summary>
internal sealed record ShownSecrets(string? Token, string? Password, string? DeviceToken, string? BootstrapToken)
{
    public static readonly ShownSecrets None = new(null, null, null, null);

    /// <summary>The one that was shown first; null for none.</summary>
    public string? Text => Token ?? Password ?? DeviceToken;

    /// <summary>The one that a device signs.</summary>
    public string Signed => Token ?? DeviceToken ?? BootstrapToken ?? "";

    public static ShownSecrets Read(JsonElement? auth) => auth is { } given
        ? new ShownSecrets(Member(given, "token"), Member(given, "password"), Member(given, "deviceToken"), Member(given, "bootstrapToken"))
        : None;

    // An empty one is none.
    private static string? Member(JsonElement auth, string name) =>
        auth.TryGetProperty(name, out var value) && ForeignJson.Text(value) is { Length: > 0 } text ? text : null;
}
