using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// So many turns of one runtime may be under way on this node. A turn that finds no slot is put back and holds no worker,
/// so that agents on a slow endpoint do not starve the others.
/// </summary>
public sealed class TurnSlots(int limit)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private int _taken;
    private int _refused;

    /// <summary>A slot until it is disposed.</summary>
    /// <exception cref="StepNotReadyException">There is none; the turn comes later.</exception>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _taken) <= limit)
        {
            return new Slot(this);
        }

        Interlocked.Decrement(ref _taken);
        throw new StepNotReadyException(Wait(Interlocked.Increment(ref _refused)), $"{limit} turns of this runtime are under way; this one comes later.");
    }

    // The more wait, the longer each does: a crowd must not keep the queue busy with asking.
    private TimeSpan Wait(int refused)
    {
        var wait = ShortestWait * Math.Max(1, (double)refused / limit);
        return wait < LongestWait ? wait : LongestWait;
    }

    private void Release()
    {
        Interlocked.Decrement(ref _taken);

        // Whoever is refused from here on is counted anew; so the wait follows the crowd.
        Volatile.Write(ref _refused, 0);
    }

    private sealed class Slot(TurnSlots owner) : IDisposable
    {
        private TurnSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release();
    }
}
