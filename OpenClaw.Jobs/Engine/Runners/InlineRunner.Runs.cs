using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Engine.Runners;

/// <content>What becomes of one run.</content>
public sealed partial class InlineRunner
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    private async Task RunAsync(StepClaim claim, CancellationToken stopping)
    {
        TeamScope.Leave();
        using var permit = new WorkPermit(permits);
        try
        {
            if (running.TryEnter(claim.WorkflowUuid, permit) is { } entry)
            {
                using (entry)
                {
                    await steps.RunAsync(claim, entry, stopping);
                }
            }
            else
            {
                // It was taken from this process, whose earlier attempt has not heard of that yet.
                await GiveBackAsync(claim, LookAgain);
            }
        }
        catch (StepOutcomeException)
        {
            // Recorded: the ledger says when it is due again, or that it has ended.
        }
        catch (LeaseLostException lost)
        {
            LogLost(logger, lost.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await GiveBackAsync(claim, LookAgain);
        }
        catch (Exception exception)
        {
            // A database that is away is back soon, or not; anything else was tried already in every way.
            LogBroken(logger, claim.WorkflowUuid, exception);
            await GiveBackAsync(claim, DatabaseOutage.Caused(exception) ? LookAgain : TryAgain);
        }
        finally
        {
            Interlocked.Increment(ref _done);
            Interlocked.Decrement(ref _underWay);
        }
    }

    // What happened could not be recorded: most likely the database is away. When it is back, recovery frees what this process
    // holds and does not work on.
    private async Task GiveBackAsync(StepClaim claim, TimeSpan dueAfter)
    {
        try
        {
            await ledger.ReleaseAsync(claim, dueAfter, CancellationToken.None);
        }
        catch (Exception exception)
        {
            running.Doubt();
            LogHeld(logger, claim.WorkflowUuid, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1132, Level = LogLevel.Information, Message = "{Reason}")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(EventId = 1137, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} was interrupted, most likely by its database; it is tried again.")]
    private static partial void LogBroken(ILogger logger, Guid workflowUuid, Exception exception);

    [LoggerMessage(EventId = 1134, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} could not be given back; recovery will find it. {Reason}")]
    private static partial void LogHeld(ILogger logger, Guid workflowUuid, string reason);
}
