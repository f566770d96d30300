using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows.Runners;

/// <content>What becomes of one run.</content>
public sealed partial class InlineRunner
{
    private async Task RunAsync(StepClaim claim, CancellationToken stopping)
    {
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
                await GiveBackAsync(claim);
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
            await GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            LogBroken(logger, claim.WorkflowUuid, exception);
            if (DatabaseOutage.Caused(exception) || !await TryEndAsync(claim, exception))
            {
                await GiveBackAsync(claim);
            }
        }
        finally
        {
            Interlocked.Increment(ref _done);
            Interlocked.Decrement(ref _underWay);
        }
    }

    // It would come to the same again: the run ends, its owner hears of it, and a person may resume it.
    private async Task<bool> TryEndAsync(StepClaim claim, Exception cause)
    {
        try
        {
            await failures.NotRecordedAsync(claim, cause);
            return true;
        }
        catch (LeaseLostException)
        {
            return true;
        }
        catch (Exception exception)
        {
            LogHeld(logger, claim.WorkflowUuid, exception.Message);
            return false;
        }
    }

    // What happened could not be recorded: most likely the database is away. The reconciler finds a run that its process
    // holds and does not work on.
    private async Task GiveBackAsync(StepClaim claim)
    {
        try
        {
            await ledger.ReleaseAsync(claim, LookAgain, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogHeld(logger, claim.WorkflowUuid, exception.Message);
        }
    }

    [LoggerMessage(EventId = 1132, Level = LogLevel.Information, Message = "{Reason}")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(EventId = 1133, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} was interrupted: what came of its step could not be recorded.")]
    private static partial void LogBroken(ILogger logger, Guid workflowUuid, Exception exception);

    [LoggerMessage(EventId = 1134, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} could not be given back; recovery will find it. {Reason}")]
    private static partial void LogHeld(ILogger logger, Guid workflowUuid, string reason);
}
