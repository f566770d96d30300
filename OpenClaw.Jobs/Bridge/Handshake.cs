using System.Net.WebSockets;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Bridge;

/// <summary>From the gateway's challenge to its hello-ok.</summary>
internal static class Handshake
{
    private const string ConnectId = "connect";

    // Reading is needed to hear of runs, writing to run them, and admin to make agents.
    private static readonly string[] Scopes = ["operator.read", "operator.write", "operator.admin"];

    public static async Task<BridgeHello> ShakeAsync(
        WebSocket socket, FrameReader reader, string? token, ConnectClient client, int maxFrame, CancellationToken cancellationToken)
    {
        // The official client waits for the challenge as well; its nonce is for clients that prove a device.
        while ((await NextAsync(socket, reader, maxFrame, cancellationToken)).Event != "connect.challenge")
        {
        }

        var connect = new ConnectParams(ProtocolVersion.Oldest, ProtocolVersion.Newest, client, "operator", Scopes, token is null ? null : new ConnectAuth(token));
        var request = ProtocolJson.Bytes(new RequestFrame(ConnectId, "connect", ProtocolJson.Element(connect)));
        await socket.SendAsync(request, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var frame = await NextAsync(socket, reader, maxFrame, cancellationToken);
            if (frame is { Type: FrameTypes.Response, Id: ConnectId })
                return Check(frame);
        }
    }

    private static BridgeHello Check(IncomingFrame frame)
    {
        if (!frame.Ok)
            throw new GatewayRefusedException("connect", frame.Error ?? new GatewayError(ErrorCodes.Unavailable, "refused without a reason"));

        var hello = ProtocolJson.Read<BridgeHello>(frame.Payload ?? throw new GatewayUnreachableException("its hello-ok is empty"));
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
