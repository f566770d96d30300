using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;
using OpenClaw.Jobs.Workflows.Storage;

namespace OpenClaw.Jobs.Workflows.Recovery;

/// <summary>Keeps this process's row alive and the lock of its name held, and hears which of its runs are to be cancelled.</summary>
public sealed class ExecutorHeart(WorkflowLedger ledger, RunningWorkflows running, TimeProvider time, ILogger<ExecutorHeart> logger, SessionLocks? locks = null)
    : PeriodicService(Interval, time, logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Registers before anything can run a step.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ledger.GoodbyeAsync(cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        foreach (var workflowUuid in await ledger.CancelRequestsAsync(cancellationToken))
        {
            running.Cancel(workflowUuid);
        }
    }

    private Task BeatAsync(CancellationToken cancellationToken) => ledger.BeatAsync(locks?.HoldOwnName() ?? false, cancellationToken);
}
