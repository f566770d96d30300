using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>A client, from its challenge to its close.</summary>
internal sealed partial class GatewayConnection(WebSocket socket, GatewayHub hub, GatewayHello hello, RequestRunner requests, ConnectDoor door, ConnectPeer peer, GatewayLimits limits, ConnectionPass pass, TimeProvider time, ILogger<GatewayConnection> logger)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly FrameReader _reader = new(socket);
    private readonly FrameWriter _writer = new(socket, limits.MaxBuffered);
    private readonly Lock _order = new();
    private readonly FollowedConversations _followed = new(limits);
    private readonly string _nonce = Guid.NewGuid().ToString();
    private readonly MinuteCount _refused = new(time);
    private KeyShare? _share;
    private long _seq;

    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Where it comes from.</summary>
    public ConnectPeer Peer => peer;

    public DateTimeOffset ConnectedAt { get; } = time.GetUtcNow();

    /// <summary>Null until <c>connect</c> has succeeded.</summary>
    public ConnectRequest? Connected { get; private set; }

    /// <summary>Where messages to it go: to the instance that it says it is, so that they wait for it while it is away.</summary>
    public string Address => Addresses.OfClient(Connected!.Client.InstanceId ?? Id);

    public Caller Caller => Users.Gateway(Connected!.Client.Id, Connected.Key);

    /// <summary>For the audit log.</summary>
    public AuditOrigin Origin => new(peer.RemoteIp, Connected switch
    {
        { Key: { } key } => $"key:{key.Id}",
        { Device: { ByDeviceToken: true, DeviceId: var id } } => $"device:{id[..Math.Min(id.Length, 12)]}",
        _ => "token",
    });

    /// <summary>Whether it may see what there is, and hear of all that happens; not with a key for some agents alone.</summary>
    public bool MayRead => Scopes.Allows(Connected!.Scopes, Scopes.Read) && Connected.Key is not { Agents.Count: > 0 };

    /// <summary>Whether it may change what there is.</summary>
    public bool MayWrite => Scopes.Allows(Connected!.Scopes, Scopes.Write);

    /// <summary>Bytes of a frame of its. Large ones carry what is written.</summary>
    public int MaxFrame => MayWrite ? limits.MaxFrame : limits.MaxReadersFrame;

    /// <summary>Whether it wants to hear of changes of sessions.</summary>
    public bool FollowsSessions { get; set; }

    public bool Follows(string sessionKey) => _followed.Has(sessionKey);

    /// <exception cref="GatewayException">It follows as many as it may already.</exception>
    public void Follow(string sessionKey) => _followed.Add(sessionKey, _share);

    public void Unfollow(string sessionKey) => _followed.Remove(sessionKey);

    /// <summary>A request was refused because its key sends too many. A client that goes on all the same is sent away.</summary>
    public void CountRefused()
    {
        if (_refused.Add() > limits.MaxRefused)
        {
            Close(WebSocketCloseStatus.PolicyViolation, "rate limited");
        }
    }

    /// <summary>Serves the client until it goes, is sent away, or the node stops.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var sending = SendAsync(gone.Token);
        try
        {
            Enqueue(ProtocolJson.Bytes(new EventFrame("connect.challenge", ProtocolJson.Element(new ConnectChallenge(_nonce, time.GetUtcNow().ToUnixTimeMilliseconds())))));
            if (await HandshakeAsync(gone.Token))
            {
                await ServeAsync(gone.Token);
            }
        }
        catch (GatewayException refusal)
        {
            Close(WebSocketCloseStatus.PolicyViolation, refusal.Error.Message);
        }
        catch (FrameTooLargeException)
        {
            Close(WebSocketCloseStatus.MessageTooBig, "frame too large");
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client is gone without a word.
        }
        catch (Exception exception)
        {
            // Whatever it is: it costs this connection alone.
            LogBroken(logger, exception);
            Close(WebSocketCloseStatus.InternalServerError, "the gateway failed; its log says why");
        }
        finally
        {
            hub.Leave(this);
            _followed.End();
            Close(WebSocketCloseStatus.NormalClosure, "");
            await Task.WhenAny(sending, Task.Delay(Farewell, time, CancellationToken.None));
            await WaitForCloseAsync();
            await gone.CancelAsync();
            socket.Abort();
            _share?.Dispose();
        }
    }

    public void Send(ResponseFrame response)
    {
        var frame = ProtocolJson.Bytes(response);
        if (frame.Length > limits.MaxBuffered)
        {
            var error = new GatewayError(ErrorCodes.InvalidRequest, $"the answer has {frame.Length} bytes, and {limits.MaxBuffered} can be sent: ask for less, such as by limit");
            frame = ProtocolJson.Bytes(new ResponseFrame(response.Id, false, null, error));
        }

        Enqueue(frame);
    }

    /// <summary>Sends an event with the connection's next number. False when it is larger than what can be sent at all.</summary>
    public bool Send(string name, JsonElement payload, StateVersion? stateVersion = null)
    {
        lock (_order)
        {
            var frame = ProtocolJson.Bytes(new EventFrame(name, payload, _seq + 1, stateVersion));
            if (frame.Length > limits.MaxBuffered)
            {
                return false;
            }

            _seq++;
            Enqueue(frame);
            return true;
        }
    }

    public void Close(WebSocketCloseStatus status, string reason) => _writer.Close(status, reason);

    private void Enqueue(byte[] frame)
    {
        if (!_writer.TryWrite(frame))
        {
            Close(WebSocketCloseStatus.PolicyViolation, "slow consumer");
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writer.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone; reading has ended, or will.
        }
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var room = new RequestRoom(limits);
        while (await _reader.ReadAsync(MaxFrame, _share is null ? null : _share.Grow, cancellationToken) is { } frame)
        {
            using (frame)
            {
                var (request, malformed) = RequestParser.Parse(frame.Bytes);
                if (request is null)
                {
                    requests.Refuse(this, malformed);
                    _share?.Drop();
                    continue;
                }

                var place = await room.EnterAsync(frame.Bytes.Length, cancellationToken);
                requests.Start(this, request, _share?.Pass(place) ?? place, cancellationToken);
            }
        }
    }

    private async Task WaitForCloseAsync()
    {
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            if (socket.State is WebSocketState.CloseSent)
            {
                await _reader.DiscardAsync(Connected is null ? limits.MaxThrownAway : long.MaxValue, limit.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // It had its time.
        }
    }

    [LoggerMessage(EventId = 2207, Level = LogLevel.Error, Message = "A gateway connection failed and was closed.")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
