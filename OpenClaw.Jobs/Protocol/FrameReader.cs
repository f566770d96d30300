using System.Buffers;
using System.Net.WebSockets;

namespace OpenClaw.Jobs.Protocol;

/// <summary>Reads whole messages. While nothing comes a connection holds no buffer.</summary>
public sealed class FrameReader(WebSocket socket)
{
    private const int FirstBuffer = 4096;

    // The pool would keep larger ones for good, of as many connections as have ever sent a large frame at once.
    private const int LargestPooled = 1024 * 1024;

    /// <summary>The next message, to be returned to the pool after use; null when the other side closes.</summary>
    /// <exception cref="FrameTooLargeException">It has more than <paramref name="maxBytes"/> bytes.</exception>
    public Task<PooledFrame?> ReadAsync(int maxBytes, CancellationToken cancellationToken) => ReadAsync(maxBytes, growing: null, cancellationToken);

    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    /// <param name="maxBytes">Of the message.</param>
    /// <param name="growing">Told how large a buffer is needed before it is taken; it throws where that is too much.</param>
    /// <param name="cancellationToken">Gives up, and the socket with it.</param>
    public async Task<PooledFrame?> ReadAsync(int maxBytes, Action<int>? growing, CancellationToken cancellationToken)
    {
        if ((await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken)).MessageType is WebSocketMessageType.Close)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    growing?.Invoke(2 * length);
                    buffer = Grow(buffer, length);
                }

                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (received.MessageType is WebSocketMessageType.Close)
                {
                    Return(buffer);
                    return null;
                }

                length += received.Count;
                if (length > maxBytes)
                {
                    throw new FrameTooLargeException();
                }

                if (received.EndOfMessage)
                {
                    return new PooledFrame(buffer, length);
                }
            }
        }
        catch
        {
            Return(buffer);
            throw;
        }
    }

    /// <summary>Reads until the other side closes, or has sent that many bytes, and keeps nothing of it.</summary>
    public async Task DiscardAsync(long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[FirstBuffer];
        while (most > 0 && socket.State is (WebSocketState.Open or WebSocketState.CloseSent))
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return;
            }

            most -= received.Count;
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = 2 * length <= LargestPooled ? ArrayPool<byte>.Shared.Rent(2 * length) : new byte[2 * length];
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(buffer);
        return larger;
    }

    internal static void Return(byte[] buffer)
    {
        if (buffer.Length <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A message in a borrowed buffer.</summary>
public sealed class PooledFrame(byte[] buffer, int length) : IDisposable
{
    /// <summary>Those who read it may mend it in place.</summary>
    public Span<byte> Span => buffer.AsSpan(0, length);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public void Dispose() => FrameReader.Return(buffer);
}

/// <summary>The other side sent more than it may.</summary>
public sealed class FrameTooLargeException : Exception;
