using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>One connection to a gateway, from hello-ok to its end. When it ends, what waits for an answer is told, and nothing is repeated.</summary>
internal sealed class UpstreamConnection : IAsyncDisposable
{
    // Chosen by clients; the official one closes so.
    private const WebSocketCloseStatus TickTimeout = (WebSocketCloseStatus)4000;

    private const string Silent = "it said nothing for two ticks";
    private const string Stopped = "we stop";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly UpstreamRequests _requests;
    private readonly UpstreamLimits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _gone = new();
    private Action<string, JsonElement> _heard = (_, _) => { };
    private Action<Exception> _unread = _ => { };
    private Task<string> _reading = Task.FromResult(Stopped);
    private Task _writing = Task.CompletedTask;
    private string _why = Stopped;
    private long _lastHeard;

    private UpstreamConnection(ClientWebSocket socket, UpstreamLimits limits, TimeProvider time)
    {
        (_socket, _limits, _time) = (socket, limits, time);
        _reader = new FrameReader(socket);
        _writer = new FrameWriter(socket, limits.MaxBuffered);
        _requests = new UpstreamRequests(limits, time, frame => _writer.TryWrite(ProtocolJson.Bytes(frame)));
    }

    public UpstreamHello Hello { get; private set; } = null!;

    /// <summary>Connects, and shows the token.</summary>
    /// <exception cref="GatewayRefusedException">The gateway does not want us.</exception>
    /// <exception cref="GatewayUnreachableException">It is not there, or does not speak the protocol.</exception>
    public static async Task<UpstreamConnection> OpenAsync(UpstreamSettings settings, UpstreamDevice device, ConnectClient client, UpstreamLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        using var budget = new CancellationTokenSource(limits.Connect, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        var socket = new ClientWebSocket();
        var link = new UpstreamConnection(socket, limits, time);
        try
        {
            await socket.ConnectAsync(settings.Gateway!, linked.Token);
            link.Hello = await Handshake.ShakeAsync(socket, link._reader, settings.Token, device, client, limits.MaxFrame, linked.Token);
            return link;
        }
        catch (Exception exception)
        {
            await link.DisposeAsync();
            throw exception switch
            {
                GatewayRefusedException or GatewayUnreachableException or BridgeDeviceException => exception,
                OperationCanceledException when cancellationToken.IsCancellationRequested => exception,
                OperationCanceledException => new GatewayUnreachableException($"it did not let us in within {limits.Connect.TotalSeconds:0} s", exception),
                JsonException => new GatewayUnreachableException("what answers there does not speak the OpenClaw protocol", exception),
                FrameTooLargeException => new GatewayUnreachableException($"it sent a frame of more than {limits.MaxFrame} bytes", exception),
                WebSocketException => new GatewayUnreachableException(exception.GetBaseException().Message, exception),
                _ => exception,
            };
        }
    }

    /// <summary>Reads until the connection ends, and returns why. What waits for an answer is told only when it is disposed.</summary>
    /// <param name="heard">Called with each event, in order; it must not wait.</param>
    /// <param name="unread">Called with why a frame was passed over.</param>
    /// <param name="cancellationToken">We want no more of it.</param>
    public async Task<string> RunAsync(Action<string, JsonElement> heard, Action<Exception> unread, CancellationToken cancellationToken)
    {
        (_heard, _unread, _lastHeard) = (heard, unread, _time.GetTimestamp());
        _writing = _writer.RunAsync(_gone.Token);
        _reading = ReadAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(stop.Token);
        var first = await Task.WhenAny(_reading, _writing, watching);
        await stop.CancelAsync();
        _why = first == watching ? await watching : first == _reading ? await _reading : "it could not be written to";
        return _why;
    }

    /// <summary>The answer to a request.</summary>
    /// <exception cref="GatewayRefusedException">It was an error.</exception>
    /// <exception cref="GatewayUnreachableException">None came, or the connection was lost.</exception>
    public async Task<JsonElement> CallAsync(string method, JsonElement parameters, CancellationToken cancellationToken) =>
        (await _requests.AskAsync(method, parameters, isRun: false, cancellationToken)).Payload;

    /// <summary>The first answer to <c>agent</c>, and a task for the second one where there will be one.</summary>
    public Task<GatewayAnswer> BeginRunAsync(JsonElement parameters, CancellationToken cancellationToken) =>
        _requests.AskAsync("agent", parameters, isRun: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _requests.Fail(_why);
        _writer.Close(_why == Silent ? TickTimeout : WebSocketCloseStatus.NormalClosure, _why == Silent ? "tick timeout" : "");
        await Task.WhenAny(_writing, Task.Delay(Farewell, _time, CancellationToken.None));
        await _gone.CancelAsync();
        _socket.Abort();
        await Task.WhenAll(_reading, _writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _gone.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        try
        {
            while (await _reader.ReadAsync(_limits.MaxFrame, _gone.Token) is { } frame)
            {
                using (frame)
                {
                    Volatile.Write(ref _lastHeard, _time.GetTimestamp());
                    Take(frame.Span);
                }
            }

            return $"it closed the connection ({(int?)_socket.CloseStatus} {ForeignText.OneLine(_socket.CloseStatusDescription ?? "")})".Replace(" )", ")", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or FrameTooLargeException)
        {
            return exception is FrameTooLargeException ? $"it sent a frame of more than {_limits.MaxFrame} bytes" : "the connection broke";
        }
    }

    // What cannot be read is passed over, as the official client does; an answer that cannot be read is an error.
    private void Take(Span<byte> bytes)
    {
        try
        {
            var frame = IncomingFrame.Read(bytes);
            if (frame is { Type: FrameTypes.Response, Id: not null })
            {
                _requests.Answer(frame);
            }
            else if (frame is { Type: FrameTypes.Event, Event: { } name, Payload: { } payload })
            {
                _heard(name, payload);
            }
        }
        catch (JsonException exception)
        {
            // Neither an answer nor an event, or one of another shape than we know.
            _unread(exception);
        }
    }

    // A gateway that says nothing for two ticks is gone, whatever its connection looks like.
    private async Task<string> WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Hello.Tick / 4, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (_time.GetElapsedTime(Volatile.Read(ref _lastHeard)) > 2 * Hello.Tick)
                {
                    return Silent;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // We stop.
        }

        return Stopped;
    }
}
