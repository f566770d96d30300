using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows.Recovery;

/// <summary>Keeps this process's row alive, hears which of its runs are to be cancelled, and gives back what it reserved for nothing.</summary>
public sealed class ExecutorHeart(WorkflowLedger ledger, RunningWorkflows running, Reservations reservations, TimeProvider time, ILogger<ExecutorHeart> logger)
    : PeriodicService(Interval, time, logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Registers before anything can run a step.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ledger.BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await GiveBackAsync(reservations.Close(), cancellationToken);
        await ledger.GoodbyeAsync(cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await ledger.BeatAsync(cancellationToken);
        foreach (var workflowUuid in await ledger.CancelRequestsAsync(cancellationToken))
        {
            running.Cancel(workflowUuid);
        }

        await GiveBackAsync(reservations.TakeStale(), cancellationToken);
    }

    private async Task GiveBackAsync(IReadOnlyList<StepClaim> reserved, CancellationToken cancellationToken)
    {
        foreach (var claim in reserved)
        {
            await ledger.ReleaseAsync(claim, cancellationToken);
        }
    }
}
