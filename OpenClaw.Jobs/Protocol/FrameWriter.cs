using System.Net.WebSockets;
using System.Threading.Channels;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Protocol;

/// <summary>
/// Sends what others put in line, one after the other. The line is bounded in bytes: who does not read fast enough is cut
/// off, and costs nobody else anything.
/// </summary>
public sealed class FrameWriter(WebSocket socket, int maxBuffered)
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly Channel<byte[]> _line = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private (WebSocketCloseStatus Status, string Reason)? _closing;
    private int _buffered;

    /// <summary>False when too much waits already, or nothing is sent any more. What was refused counts no more.</summary>
    public bool TryWrite(byte[] frame)
    {
        if (Interlocked.Add(ref _buffered, frame.Length) <= maxBuffered && _line.Writer.TryWrite(frame))
        {
            return true;
        }

        Interlocked.Add(ref _buffered, -frame.Length);
        return false;
    }

    /// <summary>Closes after what is in line has gone out. The first reason counts.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        lock (_line)
        {
            _closing ??= (status, Shorten(reason));
        }

        _line.Writer.TryComplete();
    }

    /// <summary>Sends until the line is closed, and says so to the other side.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in _line.Reader.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            Interlocked.Add(ref _buffered, -frame.Length);
        }

        if (_closing is var (status, reason) && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var limit = new CancellationTokenSource(CloseLimit);
            await socket.CloseOutputAsync(status, reason, limit.Token);
        }
    }

    // A close frame has room for 123 bytes. The reason may quote what a stranger sent, of any length.
    internal static string Shorten(string reason)
    {
        const int max = 123;
        var text = ForeignText.OneLine(reason, max);
        var (units, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > max)
            {
                break;
            }

            units += rune.Utf16SequenceLength;
        }

        return text[..units];
    }
}
