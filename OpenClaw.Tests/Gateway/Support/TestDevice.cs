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
    public JsonObject Connect(JsonNode challenge, JsonObject auth, string role = Operator, string[]? scopes = null, (string Id, string Mode)? client = null, int version = 3)
    {
        var (id, mode) = client ?? ("test", "test");
        var connect = GatewayClient.Connect(scopes ?? [], token: null);
        connect["client"] = new JsonObject { ["id"] = id, ["version"] = "1.0.0", ["platform"] = "Linux", ["mode"] = mode, ["displayName"] = $"{id} of the tests" };
        connect["role"] = role;
        connect["auth"] = auth.DeepClone();
        connect["device"] = Proof(challenge, auth, role, scopes ?? [], id, mode, version);
        return connect;
    }

    private JsonObject Proof(JsonNode challenge, JsonObject auth, string role, string[] scopes, string id, string mode, int version)
    {
        var (nonce, signedAt) = ((string)challenge["nonce"]!, (long)challenge["ts"]!);
        var token = (string?)auth["token"] ?? (string?)auth["deviceToken"] ?? "";
        var signed = new SignedConnect(id, mode, role, scopes, token, "Linux", null);
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
