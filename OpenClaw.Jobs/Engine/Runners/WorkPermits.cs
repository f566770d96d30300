namespace OpenClaw.Jobs.Engine.Runners;

/// <summary>
/// So many inline runs use the database of this process at once. A run gives its permit back while it waits for an agent, so
/// that thousands can wait side by side.
/// </summary>
public sealed class WorkPermits(int limit) : IDisposable
{
    private readonly SemaphoreSlim _free = new(limit, limit);

    /// <summary>A permit was given back.</summary>
    public event Action? Freed;

    /// <summary>Takes as many as are free, at most <paramref name="most"/>.</summary>
    public int TakeFree(int most)
    {
        var taken = 0;
        while (taken < most && _free.Wait(0))
        {
            taken++;
        }

        return taken;
    }

    /// <summary>Gives permits back that were taken.</summary>
    public void Return(int count)
    {
        if (count > 0)
        {
            _free.Release(count);
            Freed?.Invoke();
        }
    }

    public void Dispose() => _free.Dispose();

    internal Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);
}

/// <summary>The permit of one run, which it has from its beginning.</summary>
public sealed class WorkPermit(WorkPermits permits) : IDisposable
{
    private bool _taken = true;

    /// <summary>Gives it back until <see cref="RetakeAsync"/>: the run waits for something outside.</summary>
    public void Rest()
    {
        if (_taken)
        {
            _taken = false;
            permits.Return(1);
        }
    }

    /// <summary>Waits for a permit again.</summary>
    public async Task RetakeAsync(CancellationToken cancellationToken)
    {
        if (!_taken)
        {
            await permits.TakeAsync(cancellationToken);
            _taken = true;
        }
    }

    public void Dispose() => Rest();
}
