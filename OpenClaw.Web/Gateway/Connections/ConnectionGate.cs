using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>
/// How many connections there may be: in all, and from one address of those that have not shown a token. Of these the next one
/// waits a little, because many clients of one place come back at once when a node has restarted, and each needs a moment; one
/// that has been there for a while without a token goes when another one waits. Where that one is silent too, no more go for some time.
/// </summary>
internal sealed class ConnectionGate(GatewayLimits limits, TimeProvider time)
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(250);

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
        ConnectionPass? pass = null;
        try
        {
            return pass = await WaitAsync(from, cancellationToken);
        }
        finally
        {
            if (pass is null)
            {
                Go(from);
                Interlocked.Decrement(ref _all);
            }
        }
    }

    private async Task<ConnectionPass?> WaitAsync(Address from, CancellationToken cancellationToken)
    {
        var (began, hasHurried) = (time.GetTimestamp(), false);
        var isIn = await from.Places.WaitAsync(TimeSpan.Zero, cancellationToken);
        while (!isIn && time.GetElapsedTime(began) < limits.StrangerPatience)
        {
            lock (_addresses)
            {
                hasHurried = hasHurried || (MayHurry(from) && HurryOldest(from));
            }

            isIn = await from.Places.WaitAsync(LooksAgain, cancellationToken);
        }

        return isIn ? Pass(from, hasHurried) : null;
    }

    private ConnectionPass Pass(Address from, bool hasHurried)
    {
        var pass = new ConnectionPass(time.GetTimestamp(), () => Leave(from), () => Interlocked.Decrement(ref _all), () => limits.MaxStrangers - from.Places.CurrentCount > limits.MaxAtEase);
        lock (_addresses)
        {
            from.Strangers.Enqueue(pass);
            from.Favoured = hasHurried ? pass : from.Favoured;
        }

        return pass;
    }

    private bool MayHurry(Address from) => from.Favoured is not { IsKnown: false } favoured || time.GetElapsedTime(favoured.EnteredAt) > limits.StrangerFavour;

    private bool HurryOldest(Address from)
    {
        while (from.Strangers.TryPeek(out var oldest) && (oldest.IsKnown || time.GetElapsedTime(oldest.EnteredAt) > limits.StrangerGrace))
        {
            from.Strangers.Dequeue();
            if (!oldest.IsKnown)
            {
                oldest.Hurry();
                return true;
            }
        }

        return false;
    }

    private void Leave(Address from)
    {
        lock (_addresses)
        {
            while (from.Strangers.TryPeek(out var oldest) && oldest.IsKnown)
            {
                from.Strangers.Dequeue();
            }
        }

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

        /// <summary>The last one for whom another had to go.</summary>
        public ConnectionPass? Favoured { get; set; }

        /// <summary>Those who are in, the first who came first.</summary>
        public Queue<ConnectionPass> Strangers { get; } = new();
    }
}

/// <summary>A connection's place among those that there may be.</summary>
internal sealed class ConnectionPass(long enteredAt, Action known, Action left, Func<bool> isCrowded) : IDisposable
{
    private readonly TaskCompletionSource _hurried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isKnown;

    public long EnteredAt => enteredAt;

    /// <summary>It has shown a token, or is gone.</summary>
    public bool IsKnown => Volatile.Read(ref _isKnown) == 1;

    /// <summary>Whether many of its address are in that have shown no token.</summary>
    public bool IsCrowded => !IsKnown && isCrowded();

    /// <summary>Done when its place is wanted by another, and it has shown no token.</summary>
    public Task Hurried => _hurried.Task;

    public void Hurry() => _hurried.TrySetResult();

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
