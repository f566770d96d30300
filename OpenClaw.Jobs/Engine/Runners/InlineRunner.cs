using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Runners;

/// <summary>
/// Works through the inline runs of a queue, many at once, each as a task: one that waits for an agent holds memory and
/// nothing else. What uses the database has a permit, so that a crowd does not drain the pool.
/// </summary>
public sealed partial class InlineRunner(
    string queue, string jobId, WorkflowLedger ledger, StepRunner steps, RunningWorkflows running, WorkPermits permits, TimeProvider time, ILogger<InlineRunner> logger) : IDisposable
{
    // Runs under way at once; those beyond wait in the ledger.
    private const int MaxRuns = 20_000;

    // Of one claim: it is one statement, and its runs start together.
    private const int MaxBatch = 64;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // A queue that is quiet for so long has no need of a runner.
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(30);

    // What became due at a time at which every look was told of; older ones are for the look that comes each second.
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _lock = new();
    private readonly long _began = time.GetTimestamp();
    private CancellationToken _stopping;
    private bool _closed;
    private int _underWay;
    private long _done;

    // The last look found more than there were permits for.
    private volatile bool _starved = true;

    /// <summary>The Hangfire job that it is.</summary>
    public string JobId => jobId;

    /// <summary>Runs that it has under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>What it has done so far, in a sentence.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{Interlocked.Read(ref _done)} runs of queue {queue} in {time.GetElapsedTime(_began).TotalSeconds:0} s, {UnderWay} under way.");

    /// <summary>Has it look for what is due. False when it has ended.</summary>
    public bool Signal()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }

            return true;
        }
    }

    /// <summary>A place for a run that is about to be started; null when there is none, or others are due before it.</summary>
    public RunnerPlace? TryReserve()
    {
        lock (_lock)
        {
            if (_closed || _starved || UnderWay >= MaxRuns || permits.TakeFree(1) == 0)
            {
                return null;
            }

            Interlocked.Increment(ref _underWay);
            return new RunnerPlace(this);
        }
    }

    /// <summary>Runs what a place was taken for.</summary>
    internal void Run(StepClaim claim) => _ = Task.Run(() => RunAsync(claim, _stopping), CancellationToken.None);

    /// <summary>Takes a place back that was not used.</summary>
    internal void Return()
    {
        Interlocked.Decrement(ref _underWay);
        permits.Return(1);
    }

    public void Dispose() => _signal.Dispose();

    internal async Task RunAsync(CancellationToken stopping)
    {
        _stopping = stopping;
        var lookedBack = long.MinValue;
        var busy = time.GetTimestamp();
        permits.Freed += OnFreed;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var now = time.GetTimestamp();
                var back = lookedBack == long.MinValue || time.GetElapsedTime(lookedBack, now) >= LookAgain;
                var all = await TakeAsync(back ? Ever : Recently, stopping);
                if (back && all)
                {
                    lookedBack = now;
                }

                if (UnderWay > 0)
                {
                    busy = now;
                }

                if (!await WaitAsync(stopping) && time.GetElapsedTime(busy) > Lingering && TryClose())
                {
                    return;
                }
            }
        }
        finally
        {
            permits.Freed -= OnFreed;
            Close();
            await EndAsync(stopping);
        }
    }

    private void OnFreed()
    {
        if (_starved)
        {
            Signal();
        }
    }

    // Whether all that is due was taken.
    private async Task<bool> TakeAsync(TimeSpan dueWithin, CancellationToken stopping)
    {
        // Before the look: who gives a permit back after it must know that one is wanted.
        _starved = true;
        var free = permits.TakeFree(Math.Min(MaxBatch, MaxRuns - UnderWay));
        if (free == 0)
        {
            return false;
        }

        List<StepClaim> claims = [];
        try
        {
            claims = await ledger.ClaimDueAsync(queue, free, dueWithin, jobId, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            running.Doubt();
            LogNotTaken(logger, queue, exception);
        }
        finally
        {
            _starved = claims.Count == free;
            permits.Return(free - claims.Count);
        }

        Interlocked.Add(ref _underWay, claims.Count);
        foreach (var claim in claims)
        {
            _ = Task.Run(() => RunAsync(claim, stopping), CancellationToken.None);
        }

        if (_starved)
        {
            Signal();
        }

        return !_starved;
    }

    // Whether it was told to look.
    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        try
        {
            return await _signal.WaitAsync(LookAgain, stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool TryClose()
    {
        lock (_lock)
        {
            if (_signal.CurrentCount > 0 || UnderWay > 0)
            {
                return false;
            }

            return _closed = true;
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    // Its runs have seen the same token; they finish what must be written.
    private async Task EndAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (stopping.IsCancellationRequested && UnderWay > 0)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    [LoggerMessage(EventId = 1131, Level = LogLevel.Warning, Message = "What is due in queue {Queue} could not be taken; it is tried again.")]
    private static partial void LogNotTaken(ILogger logger, string queue, Exception exception);
}
