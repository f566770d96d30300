using System.Text.Json.Nodes;
using OpenClaw.Jobs.Devices;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>A device with a key, and the connects that it signs.</summary>
internal sealed class TestDevice
{
    public const string Operator = "operator";

    private readonly byte[] _key = DeviceKey.Create();

    public TestDevice()
    {
        PublicKey = DeviceKey.PublicKeyOf(_key);
        Id = DeviceKey.IdOf(PublicKey)!;
    }

    public string Id { get; }

    public string PublicKey { get; }

    /// <summary>A signed connect.</summary>
    /// <param name="challenge">The gateway's.</param>
    /// <param name="auth">What is shown.</param>
    /// <param name="role">Asked for.</param>
    /// <param name="scopes">Asked for.</param>
    /// <param name="client">Its id and mode.</param>
    /// <param name="version">Of what is signed.</param>
    /// <param name="machine">What it runs on.</param>
    public JsonObject Connect(
        JsonNode challenge, JsonObject auth, string role = Operator, string[]? scopes = null, (string Id, string Mode)? client = null, int version = 3, (string Platform, string? Family)? machine = null)
    {
        var (id, mode) = client ?? ("test", "test");
        var (platform, family) = machine ?? ("Linux", null);
        var connect = GatewayClient.Connect(scopes ?? [], token: null);
        connect["client"] = new JsonObject { ["id"] = id, ["version"] = "1.0.0", ["platform"] = platform, ["mode"] = mode, ["displayName"] = $"{id} of the tests" };
        if (family is not null)
        {
            connect["client"]!["deviceFamily"] = family;
        }

        connect["role"] = role;
        connect["auth"] = auth.DeepClone();
        var token = (string?)auth["token"] ?? (string?)auth["deviceToken"] ?? (string?)auth["bootstrapToken"] ?? "";
        connect["device"] = Proof(challenge, new SignedConnect(id, mode, role, scopes ?? [], token, platform, family), version);
        return connect;
    }

    private JsonObject Proof(JsonNode challenge, SignedConnect signed, int version)
    {
        var (nonce, signedAt) = ((string)challenge["nonce"]!, (long)challenge["ts"]!);
        return new JsonObject
        {
            ["id"] = Id,
            ["publicKey"] = PublicKey,
            ["signature"] = DeviceKey.Sign(_key, signed.Text(version, new DeviceProof(Id, PublicKey, "", signedAt, nonce))),
            ["signedAt"] = signedAt,
            ["nonce"] = nonce,
        };
    }
}
