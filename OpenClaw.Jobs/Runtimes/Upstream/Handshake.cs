using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>From the gateway's challenge to its hello-ok.</summary>
internal static class Handshake
{
    private const string ConnectId = "connect";

    // Reading is needed to hear of runs, writing to run them, and admin to make agents.
    private static readonly string[] Scopes = ["operator.read", "operator.write", "operator.admin"];

    public static async Task<UpstreamHello> ShakeAsync(
        WebSocket socket, FrameReader reader, string? token, UpstreamDevice device, ConnectClient client, int maxFrame, CancellationToken cancellationToken)
    {
        // The official client waits for the challenge as well.
        var challenge = await ChallengeAsync(socket, reader, maxFrame, cancellationToken);
        var auth = new ConnectAuth(token, device.Token);
        var signed = new SignedConnect(client.Id, client.Mode, DeviceScopes.Operator, Scopes, auth.Token ?? auth.DeviceToken ?? "", client.Platform, DeviceFamily: null);
        var connect = new ConnectParams(
            ProtocolVersion.Oldest, ProtocolVersion.Newest, client, DeviceScopes.Operator, Scopes, auth is { Token: null, DeviceToken: null } ? null : auth,
            challenge is null ? null : device.Prove(signed, challenge));
        var request = ProtocolJson.Bytes(new RequestFrame(ConnectId, "connect", ProtocolJson.Element(connect)));
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var frame = await NextAsync(socket, reader, maxFrame, cancellationToken);
            if (frame is { Type: FrameTypes.Response, Id: ConnectId })
            {
                return Check(frame);
            }
        }
    }

    // A gateway whose challenge has no time cannot be proved anything; it may do without.
    private static async Task<ConnectChallenge?> ChallengeAsync(WebSocket socket, FrameReader reader, int maxFrame, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await NextAsync(socket, reader, maxFrame, cancellationToken);
            if (frame.Event == "connect.challenge")
            {
                return frame.Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty("nonce", out var nonce) && nonce.ValueKind is JsonValueKind.String
                    && payload.TryGetProperty("ts", out var ts) && ts.ValueKind is JsonValueKind.Number && ts.TryGetInt64(out var at) && at >= 0
                    ? new ConnectChallenge(nonce.GetString()!, at)
                    : null;
            }
        }
    }

    private static UpstreamHello Check(IncomingFrame frame)
    {
        if (!frame.Ok)
        {
            throw new GatewayRefusedException("connect", frame.Error ?? new GatewayError(ErrorCodes.Unavailable, "refused without a reason"));
        }

        var hello = ProtocolJson.Read<UpstreamHello>(frame.Payload ?? throw new GatewayUnreachableException("its hello-ok is empty"));
        var missing = Scopes.Except(hello.Auth?.Scopes ?? Scopes, StringComparer.Ordinal).ToList();
        return missing.Count == 0
            ? hello
            : throw new GatewayRefusedException("connect", new GatewayError(
                ErrorCodes.Forbidden, $"it lets us in without {string.Join(", ", missing)}, as it does with clients of another host that prove no device",
                ProtocolJson.Element(new Dictionary<string, System.Text.Json.JsonElement> { ["code"] = ProtocolJson.Element("MISSING_SCOPE") })));
    }

    private static async Task<IncomingFrame> NextAsync(WebSocket socket, FrameReader reader, int maxFrame, CancellationToken cancellationToken)
    {
        using var frame = await reader.ReadAsync(maxFrame, cancellationToken)
            ?? throw new GatewayUnreachableException($"it closed the connection before it let us in ({(int?)socket.CloseStatus} {ForeignText.OneLine(socket.CloseStatusDescription ?? "")})");
        return IncomingFrame.Read(frame.Span);
    }
}
