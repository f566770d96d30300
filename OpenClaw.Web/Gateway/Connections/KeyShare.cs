using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>What a connection that came with a key takes of what the key may have at a time on this node. It ends with the connection.</summary>
internal sealed class KeyShare : IDisposable
{
    // Small frames come and go by the thousand, and all of a connection's requests have 8 MiB together in any case.
    private const int SmallFrame = 64 * 1024;

    private readonly KeyRoom _room;
    private readonly KeyGrant _key;
    private readonly IDisposable _place;
    private List<IDisposable> _reading = [];
    private int _held;

    /// <exception cref="GatewayException">The key has as many connections as it may.</exception>
    public KeyShare(KeyRoom room, KeyGrant key)
    {
        (_room, _key) = (room, key);
        _place = room.Connect(key) ?? throw Limited($"the key \"{key.Name}\" may have {KeyRoom.MaxConnections} connections at a time", KeyRoom.RetryAfter);
    }

    public static GatewayException Limited(string why, TimeSpan wait) =>
        new(new GatewayError(ErrorCodes.Unavailable, why, GatewayException.Details("RATE_LIMITED"), Retryable: true, RetryAfterMs: (int)Math.Ceiling(wait.TotalMilliseconds)));

    /// <exception cref="GatewayException">The key follows as many conversations as it may.</exception>
    public IDisposable Follow() => _room.Follow(_key)
        ?? throw GatewayException.Invalid($"the key \"{_key.Name}\" may follow up to {KeyRoom.MaxFollowed} conversations by all of its connections: unsubscribe from some");

    /// <summary>Before the buffer of a frame that is being read becomes so large.</summary>
    /// <exception cref="GatewayException">The frames of the key take as much as they may.</exception>
    public void Grow(int size)
    {
        if (size <= SmallFrame)
        {
            return;
        }

        _reading.Add(_room.Hold(_key, size - _held) ?? throw Limited($"frames of the key \"{_key.Name}\" may take {KeyRoom.MaxFrameBytes} bytes at a time", KeyRoom.RetryAfter));
        _held = size;
    }

    /// <summary>The frame that was read is a request: what it takes, it takes until the request has been answered.</summary>
    public IDisposable Pass(IDisposable place)
    {
        if (_reading.Count == 0)
        {
            return place;
        }

        var both = new Places([place, .. _reading]);
        (_reading, _held) = ([], 0);
        return both;
    }

    /// <summary>The frame that was read is no request.</summary>
    public void Drop()
    {
        _reading.ForEach(hold => hold.Dispose());
        _reading.Clear();
        _held = 0;
    }

    public void Dispose()
    {
        Drop();
        _place.Dispose();
    }

    private sealed class Places(IReadOnlyList<IDisposable> places) : IDisposable
    {
        public void Dispose()
        {
            foreach (var place in places)
            {
                place.Dispose();
            }
        }
    }
}
