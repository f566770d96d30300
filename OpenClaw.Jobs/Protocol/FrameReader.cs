using System.Buffers;
using System.Net.WebSockets;

namespace OpenClaw.Jobs.Protocol;

/// <summary>Reads whole messages. While nothing comes a connection holds no buffer.</summary>
public sealed class FrameReader(WebSocket socket)
{
    private const int FirstBuffer = 4096;

    /// <summary>The next message, to be returned to the pool after use; null when the other side closes.</summary>
    /// <exception cref="FrameTooLargeException">It has more than <paramref name="maxBytes"/> bytes.</exception>
    public async Task<PooledFrame?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        if ((await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken)).MessageType is WebSocketMessageType.Close)
            return null;

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);

                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (received.MessageType is WebSocketMessageType.Close)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return null;
                }

                length += received.Count;
                if (length > maxBytes)
                    throw new FrameTooLargeException();

                if (received.EndOfMessage)
                    return new PooledFrame(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

/// <summary>A message in a borrowed buffer.</summary>
public sealed class PooledFrame(byte[] buffer, int length) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>The other side sent more than it may.</summary>
public sealed class FrameTooLargeException : Exception;
