using Hangfire.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Engine.Recovery;

/// <summary>Takes over from processes that died, then looks after runs that are overdue and queues that no runner works through.</summary>
public sealed partial class RecoveryService(
    WorkflowLedger ledger, ExecutorIdentity executor, EngineJobs engine, Reconciler reconciler, RunningWorkflows running, InlineRunners runners, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RecoveryService> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    // Ten beats: a process that is merely busy is not taken for dead, and a dead one is missed within seconds.
    internal static readonly TimeSpan Silence = 10 * ExecutorHeartbeat.Interval;

    // Until what was under way to this process when the doubt arose has arrived, or has not.
    private const int LooksForLeft = 5;

    private bool _swept;
    private int _looksForLeft;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Until the port is ours, an older executor of this node may still be alive on it.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, stoppingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Of a start that failed nothing is left to look with.
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            executor.Serve();
            await base.ExecuteAsync(stoppingToken);
        }
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RecoverAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            running.Doubt();
            throw;
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var dead = await ledger.RecoverDeadAsync(Silence, cancellationToken);
        foreach (var gone in dead)
        {
            OpenClawTelemetry.WorkflowsRecovered(gone.FreedWorkflows, gone.Silence);
            LogDead(logger, gone.ExecutorId, gone.FreedWorkflows);
        }

        _swept &= dead.Count == 0;
        if (!_swept)
        {
            await ledger.EndLocksOfDeadAsync(cancellationToken);
            Sweep(await ledger.LivenessAsync(Silence, cancellationToken));
        }

        await FreeLeftAsync(cancellationToken);
        await reconciler.RunOnceAsync(cancellationToken);
        await runners.StartOverdueAsync(cancellationToken);
    }

    private async Task FreeLeftAsync(CancellationToken cancellationToken)
    {
        if (running.TakeDoubt())
        {
            _looksForLeft = LooksForLeft;
        }

        if (_looksForLeft > 0)
        {
            await reconciler.FreeLeftAsync(cancellationToken);
            _looksForLeft--;
        }
    }

    // It waits for locks of Hangfire's: when one cannot be had the rest of the cycle goes on, and the next one sweeps again.
    private void Sweep(Func<string, bool> isServerAlive)
    {
        try
        {
            if (engine.RequeueOrphans(isServerAlive) is > 0 and var requeued)
            {
                LogRequeued(logger, requeued);
            }

            _swept = true;
        }
        catch (Exception locked) when (locked is DistributedLockTimeoutException || locked.InnerException is DistributedLockTimeoutException)
        {
            LogLocked(logger, locked.Message);
        }
    }

    [LoggerMessage(EventId = 1111, Level = LogLevel.Warning, Message = "Executor {ExecutorId} is gone; {Freed} of its workflows were freed.")]
    private static partial void LogDead(ILogger logger, string executorId, int freed);

    [LoggerMessage(EventId = 1113, Level = LogLevel.Warning, Message = "Jobs of processes that are gone could not be requeued; it is tried again. {Reason}")]
    private static partial void LogLocked(ILogger logger, string reason);

    [LoggerMessage(EventId = 1112, Level = LogLevel.Warning, Message = "{Requeued} jobs of processes that are gone were requeued.")]
    private static partial void LogRequeued(ILogger logger, int requeued);
}
