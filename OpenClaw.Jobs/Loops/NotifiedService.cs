using Microsoft.Extensions.Logging;
using OpenClaw.Data;

namespace OpenClaw.Jobs.Loops;

/// <summary>A cycle that begins at once, too, when others tell that there is something to see. What they tell may be lost: the interval is the guarantee. One cycle at a time.</summary>
public abstract class NotifiedService(TimeSpan interval, TimeProvider time, ILogger logger) : PeriodicService(interval, time, logger)
{
    private readonly SemaphoreSlim _looking = new(1, 1);
    private CancellationToken _stopping;
    private int _waits;

    /// <summary>Somebody has told. However many tell during a look, one more follows it.</summary>
    public void Heard()
    {
        if (Interlocked.Exchange(ref _waits, 1) == 0)
        {
            _ = Task.Run(LookNowAsync, CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        _looking.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task LookAsync(CancellationToken cancellationToken);

    /// <summary>A look that somebody had told of has failed; the next one, by itself, meets that again, and tells.</summary>
    protected abstract void LogNotSeen(string reason);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        return base.ExecuteAsync(stoppingToken);
    }

    protected sealed override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        Volatile.Write(ref _waits, 0);
        try
        {
            await LookAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task LookNowAsync()
    {
        TeamScope.Leave();
        try
        {
            await RunOnceAsync(_stopping);
        }
        catch (Exception exception)
        {
            LogNotSeen(exception.Message);
        }
    }
}
