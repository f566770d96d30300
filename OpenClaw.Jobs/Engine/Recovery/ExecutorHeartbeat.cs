using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Engine.Recovery;

/// <summary>Keeps this process's row alive and the lock of its name held, and hears which of its runs are to be cancelled.</summary>
public sealed partial class ExecutorHeartbeat(WorkflowLedger ledger, RunningWorkflows running, SpoiledSessions spoiled, TimeProvider time, ILogger<ExecutorHeartbeat> logger, SessionLocks? locks = null)
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
        try
        {
            await ledger.GoodbyeAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            LogNoGoodbye(logger, exception.GetBaseException().Message);
        }
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeatAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Of(exception) is { } trouble)
        {
            spoiled.Heed(trouble);
            throw;
        }

        foreach (var workflowUuid in await ledger.CancelRequestsAsync(cancellationToken))
        {
            running.Cancel(workflowUuid);
        }
    }

    private Task BeatAsync(CancellationToken cancellationToken) => ledger.BeatAsync(locks?.HoldOwnName() ?? false, cancellationToken);

    [LoggerMessage(EventId = 1114, Level = LogLevel.Warning, Message = "The process stops without a word to the database; others take its work over when they miss it. {Reason}")]
    private static partial void LogNoGoodbye(ILogger logger, string reason);
}
