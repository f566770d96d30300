using System.Text.Json;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway;

/// <summary>A checked <c>connect</c>.</summary>
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

    /// <exception cref="GatewayException">What is wrong with it; the connection is to be closed.</exception>
    public static ConnectRequest Check(JsonElement request, AuthToken token)
    {
        var connect = new GatewayParams("connect", request, Fields);
        var (min, max) = (Number(connect, "minProtocol"), Number(connect, "maxProtocol"));
        var client = ReadClient(connect);
        var role = connect.OptionalText("role") ?? "operator";
        if (role is not ("operator" or "node"))
            throw connect.Wrong("at /role: must be equal to one of the allowed values");

        var scopes = connect.Texts("scopes");
        var caps = connect.Texts("caps");
        if (ProtocolVersion.Agree(min, max) is not { } version)
            throw Mismatch(min, max);

        if (connect.Object("auth") is { } given && !ForeignJson.IsWhole(given))
            throw connect.Wrong("at /auth: must be valid Unicode and must not contain NUL");

        var method = Authenticate(connect.Object("auth"), token);
        return new ConnectRequest(version, role, role == "node" ? [] : Gateway.Scopes.Grant(scopes), method, client with { Caps = caps });
    }

    private static GatewayClient ReadClient(GatewayParams connect)
    {
        var client = new GatewayParams("connect", connect.Object("client") ?? throw connect.Wrong("must have required property 'client'"), ClientFields);
        var id = client.Filled("id");
        var mode = client.Filled("mode");
        if (!ClientIds.Contains(id))
            throw connect.Wrong("at /client/id: must be equal to one of the allowed values");
        if (!ClientModes.Contains(mode))
            throw connect.Wrong("at /client/mode: must be equal to one of the allowed values");

        return new GatewayClient(id, client.Filled("version", MaxWord), client.Filled("platform", MaxWord), mode, client.OptionalText("displayName", MaxName), client.OptionalText("instanceId", MaxName), []);
    }

    private static int Number(GatewayParams connect, string name)
    {
        connect.Required(name);
        return connect.Number(name, 0, 0, int.MaxValue);
    }

    // The secret may come as either; a device's proof is not asked for.
    private static string Authenticate(JsonElement? auth, AuthToken token)
    {
        foreach (var method in new[] { "token", "password", "deviceToken" })
        {
            if (auth is not { } given || !given.TryGetProperty(method, out var secret) || ForeignJson.Text(secret) is not { } shown)
                continue;
            if (token.Matches(shown))
                return method == "password" ? "password" : "token";

            throw Unauthorized($"unauthorized: gateway {(method == "password" ? "password" : "token")} mismatch (provide gateway auth token)", method == "password" ? "AUTH_PASSWORD_MISMATCH" : "AUTH_TOKEN_MISMATCH");
        }

        throw Unauthorized("unauthorized: gateway token missing (provide gateway auth token)", "AUTH_TOKEN_MISSING");
    }

    private static GatewayException Unauthorized(string message, string code) => new(new GatewayError(
        ErrorCodes.InvalidRequest, message, GatewayException.Details(code, ("canRetryWithDeviceToken", false), ("recommendedNextStep", "update_auth_credentials"))));

    private static GatewayException Mismatch(int min, int max) => new(new GatewayError(
        ErrorCodes.InvalidRequest,
        "protocol mismatch",
        GatewayException.Details(
            "PROTOCOL_MISMATCH", ("clientMinProtocol", min), ("clientMaxProtocol", max), ("expectedProtocol", ProtocolVersion.Newest),
            ("minimumProbeProtocol", ProtocolVersion.Oldest))));
}

/// <summary>Who is at the other end, as it says itself.</summary>
internal sealed record GatewayClient(string Id, string Version, string Platform, string Mode, string? DisplayName, string? InstanceId, IReadOnlyList<string> Caps);
