using System.Collections.Concurrent;
using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>How many connections there may be: in all, and from one address of those that have not shown a token.</summary>
internal sealed class ConnectionGate(GatewayLimits limits)
{
    private readonly ConcurrentDictionary<IPAddress, int> _strangers = new();
    private int _all;

    /// <summary>To be disposed when the connection has ended; null when there is no room for it.</summary>
    public ConnectionPass? TryEnter(IPAddress? address)
    {
        var from = ClientNetwork.Of(address);
        if (Interlocked.Increment(ref _all) <= limits.MaxConnections)
        {
            if (_strangers.AddOrUpdate(from, 1, (_, count) => count + 1) <= limits.MaxStrangers)
            {
                return new ConnectionPass(() => Leave(from), () => Interlocked.Decrement(ref _all));
            }

            Leave(from);
        }

        Interlocked.Decrement(ref _all);
        return null;
    }

    private void Leave(IPAddress from)
    {
        if (_strangers.AddOrUpdate(from, 0, (_, count) => count - 1) == 0)
        {
            _strangers.TryRemove(new(from, 0));
        }
    }
}

/// <summary>A connection's place among those that there may be.</summary>
internal sealed class ConnectionPass(Action known, Action left) : IDisposable
{
    private int _isKnown;

    /// <summary>It has shown a token.</summary>
    public void Known()
    {
        if (Interlocked.Exchange(ref _isKnown, 1) == 0)
        {
            known();
        }
    }

    public void Dispose()
    {
        Known();
        left();
    }
}
