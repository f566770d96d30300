using System.Net;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>
/// How many connections there may be: in all, and from one address of those that have not shown a token. Of these the next one
/// waits a little, because many clients of one place come back at once when a node has restarted, and each needs a moment; not so
/// where none of them gets on. One that has been there for a while without a token goes when another one waits.
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
        var isIn = false;
        try
        {
            isIn = await WaitAsync(from, cancellationToken);
        }
        finally
        {
            if (!isIn)
            {
                Go(from);
                Interlocked.Decrement(ref _all);
            }
        }

        return isIn ? Pass(from) : null;
    }

    private async Task<bool> WaitAsync(Address from, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var isIn = await from.Places.WaitAsync(TimeSpan.Zero, cancellationToken);
        while (!isIn && time.GetElapsedTime(began) < limits.StrangerPatience && time.GetElapsedTime(Math.Max(began, from.MovedAt)) < limits.StrangerStall)
        {
            lock (_addresses)
            {
                HurryOldest(from);
            }

            isIn = await from.Places.WaitAsync(LooksAgain, cancellationToken);
        }

        return isIn;
    }

    private ConnectionPass Pass(Address from)
    {
        var pass = new ConnectionPass(time.GetTimestamp(), () => Leave(from), () => Interlocked.Decrement(ref _all));
        lock (_addresses)
        {
            from.Strangers.Enqueue(pass);
        }

        return pass;
    }

    private void HurryOldest(Address from)
    {
        while (from.Strangers.TryPeek(out var oldest) && (oldest.IsKnown || time.GetElapsedTime(oldest.EnteredAt) > limits.StrangerGrace))
        {
            from.Strangers.Dequeue();
            if (!oldest.IsKnown)
            {
                oldest.Hurry();
                return;
            }
        }
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

        from.MovedAt = time.GetTimestamp();
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
        private long _movedAt;

        /// <summary>When one of them last gave its place.</summary>
        public long MovedAt
        {
            get => Volatile.Read(ref _movedAt);
            set => Volatile.Write(ref _movedAt, value);
        }

        /// <summary>Those who are in and those who wait.</summary>
        public int Here { get; set; }

        /// <summary>Those who are in, the first who came first.</summary>
        public Queue<ConnectionPass> Strangers { get; } = new();
    }
}

/// <summary>A connection's place among those that there may be.</summary>
internal sealed class ConnectionPass(long enteredAt, Action known, Action left) : IDisposable
{
    private readonly TaskCompletionSource _hurried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isKnown;

    public long EnteredAt => enteredAt;

    /// <summary>It has shown a token, or is gone.</summary>
    public bool IsKnown => Volatile.Read(ref _isKnown) == 1;

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
