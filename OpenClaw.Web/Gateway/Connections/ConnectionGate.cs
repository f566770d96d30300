using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>
/// How many connections there may be: in all, and from one address of those that have not shown a token. Of these the next one
/// waits a little, because many clients of one place come back at once when a node has restarted, and each needs a moment.
/// </summary>
internal sealed class ConnectionGate(GatewayLimits limits)
{
    private readonly Dictionary<IPAddress, Address> _addresses = [];
    private int _all;

    /// <summary>To be disposed when the connection has ended; null when there is no room for it.</summary>
    public async Task<ConnectionPass?> EnterAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _all) > limits.MaxConnections)
        {
            Interlocked.Decrement(ref _all);
            return null;
        }

        var from = Come(ClientNetwork.Of(address));
        var isIn = false;
        try
        {
            isIn = await from.Places.WaitAsync(limits.StrangerPatience, cancellationToken);
        }
        finally
        {
            if (!isIn)
            {
                Go(from);
                Interlocked.Decrement(ref _all);
            }
        }

        return isIn ? new ConnectionPass(() => Leave(from), () => Interlocked.Decrement(ref _all)) : null;
    }

    private void Leave(Address from)
    {
        from.Places.Release();
        Go(from);
    }

    private Address Come(IPAddress address)
    {
        lock (_addresses)
        {
            if (!_addresses.TryGetValue(address, out var found))
            {
                _addresses[address] = found = new Address(address, new SemaphoreSlim(limits.MaxStrangers));
            }

            found.Here++;
            return found;
        }
    }

    private void Go(Address from)
    {
        lock (_addresses)
        {
            if (--from.Here == 0)
            {
                _addresses.Remove(from.Key);
                from.Places.Dispose();
            }
        }
    }

    private sealed record Address(IPAddress Key, SemaphoreSlim Places)
    {
        /// <summary>Those who are in and those who wait.</summary>
        public int Here { get; set; }
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
