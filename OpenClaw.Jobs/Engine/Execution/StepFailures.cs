using System.Transactions;
using Microsoft.Extensions.Logging;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// Decides what a failed attempt means, writes it to the ledger, and returns the signal for Hangfire. A run that ends
/// tells the application's hooks in the same transaction.
/// </summary>
/// <remarks>
/// An end is recorded whatever throws meanwhile: without what the hooks do when they fail, and with nothing but the ledger's
/// row when that fails too. Of a database that is away it is tried again instead.
/// </remarks>
public sealed partial class StepFailures(
    WorkflowLedger ledger, WorkflowHooksRunner hooks, IRunCleanup cleanup, SpoiledSessions spoiled, WorkflowObservers observers, ILogger<StepFailures> logger)
{
    /// <summary>Of a run that is past its deadline.</summary>
    public static readonly WorkflowError Late = new("deadline_exceeded", "The workflow did not end before its deadline. Resume it to try on.");

    // Of one attempt to another while the database is away.
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(1);

    private const string CancelledMessage = "The workflow was cancelled.";

    public async Task<Exception> HandleAsync(
        StepDefinition step, StepClaim claim, Exception exception,
        CancellationToken cancelled, CancellationToken stopping)
    {
        if (exception is OperationCanceledException && cancelled.IsCancellationRequested)
        {
            return await CancelledAsync(claim, StepEnd.Stopped, CancellationToken.None);
        }

        if (stopping.IsCancellationRequested)
        {
            await ledger.ReleaseAsync(claim, TimeSpan.Zero, CancellationToken.None);
            return new OperationCanceledException("The process is stopping.", exception, stopping);
        }

        if (exception is StepNotReadyException notReady)
        {
            await ledger.ReleaseAsync(claim, notReady.RetryAfter, CancellationToken.None);
            return new StepDeferredException(notReady.RetryAfter, notReady.Message);
        }

        if (DatabaseOutage.Of(exception) is { } trouble)
        {
            spoiled.Heed(trouble);
            await ledger.ReleaseAsync(claim, AfterOutage, CancellationToken.None);
            return exception;
        }

        var error = WorkflowError.From(exception, step.Name);
        var known = exception as StepFailedException;
        var failures = claim.Failures + 1;
        var isSpent = failures >= step.Retry.MaxAttempts;
        if (known is { NonRetryable: true } || (isSpent && !await IsOutlastedAsync(known, step.Retry, claim)))
        {
            error = known is { NonRetryable: false } ? error.AfterTries(failures) : error;
            await EndAsync(claim, WorkflowStatus.Error, error, StepEnd.Failed, CancellationToken.None);
            return new WorkflowFailedException($"Step {step.Name} failed for good at attempt {claim.Attempt}: {error.Message}", exception);
        }

        var pause = step.Retry.DelayAfter(failures, Random.Shared.NextDouble());
        var delay = known?.RetryAfter is not { } wanted || (isSpent && wanted < pause) ? pause : wanted;
        await ledger.RetryAsync(claim, error, delay, CancellationToken.None);
        return new StepRetryException(delay, failures, Math.Max(failures, step.Retry.MaxAttempts - 1), exception);
    }

    private async Task<bool> IsOutlastedAsync(StepFailedException? failure, RetryPolicy retry, StepClaim claim) =>
        failure is { IsOutage: true } && retry.Patience > TimeSpan.Zero && await ledger.FailingForAsync(claim, CancellationToken.None) < retry.Patience;

    /// <summary>Of a run that somebody wants cancelled, and whose next step is claimed and has not begun.</summary>
    public Task<Exception> CancelledAsync(StepClaim claim, CancellationToken cancellationToken) => CancelledAsync(claim, StepEnd.NeverBegan, cancellationToken);

    private async Task<Exception> CancelledAsync(StepClaim claim, StepEnd step, CancellationToken cancellationToken)
    {
        await EndAsync(claim, WorkflowStatus.Cancelled, new WorkflowError("cancelled", CancelledMessage, claim.StepName), step, cancellationToken);
        return new WorkflowCancelledException(CancelledMessage);
    }

    public async Task<Exception> CancelIdleAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        await EndIdleAsync(workflowUuid, WorkflowStatus.Cancelled, new WorkflowError("cancelled", CancelledMessage), "system", cancellationToken);
        return new WorkflowCancelledException(CancelledMessage);
    }

    public async Task<Exception> LateAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        await EndAsync(claim, WorkflowStatus.Error, Late, StepEnd.NeverBegan, cancellationToken);
        return new WorkflowFailedException(Late.Message);
    }

    public async Task<Exception> UnknownAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        var message = $"This build does not know step {claim.StepName} of workflow {claim.WorkflowName} version {claim.WorkflowVersion}. "
            + "Deploy a build that does, then resume the workflow.";
        await EndAsync(claim, WorkflowStatus.Error, new WorkflowError("unknown_step", message, claim.StepName), StepEnd.Failed, cancellationToken);
        return new WorkflowFailedException(message);
    }

    /// <summary>Ends a run of which not even the outcome of a step could be recorded, so that it is not held for ever.</summary>
    /// <exception cref="LeaseLostException">It has ended, or another process has it.</exception>
    public async Task<Exception> NotRecordedAsync(StepClaim claim, Exception exception)
    {
        var cause = exception.GetBaseException();
        var message = $"What came of a step could not be recorded ({cause.GetType().Name}: {ForeignText.Clean(cause.Message, 500)}). Look at the log, then resume the workflow.";
        await EndAsync(claim, WorkflowStatus.Error, new WorkflowError("outcome_not_recorded", message), StepEnd.Stopped, CancellationToken.None);
        return new WorkflowFailedException(message, exception);
    }

    public async Task<Exception> InterruptedTooOftenAsync(StepClaim claim, int limit, CancellationToken cancellationToken)
    {
        var message = $"Step {claim.StepName} was started {limit} times by processes that did not survive it. "
            + "Look at their logs, then resume the workflow.";
        await EndAsync(claim, WorkflowStatus.RetriesExceeded, new WorkflowError("retries_exceeded", message, claim.StepName), StepEnd.Failed, cancellationToken);
        return new WorkflowFailedException(message);
    }

    /// <summary>Ends a run that nobody holds; false when it is held, or has ended already.</summary>
    public Task<bool> EndIdleAsync(
        Guid workflowUuid, WorkflowStatus status, WorkflowError error, string actor, CancellationToken cancellationToken) =>
        EndAsync(workflowUuid, error, with => ledger.EndIdleAsync(workflowUuid, status, with, actor, cancellationToken), cancellationToken);

    private async Task EndAsync(
        StepClaim claim, WorkflowStatus status, WorkflowError error, StepEnd step, CancellationToken cancellationToken)
    {
        await EndAsync(
            claim.WorkflowUuid,
            error,
            async with =>
            {
                await ledger.EndAsync(claim, status, with, step, cancellationToken);
                return true;
            },
            cancellationToken);
        OpenClawTelemetry.WorkflowEnded(claim, succeeded: false);
        observers.Tell(StepMoment.Ended, claim);
    }

    private async Task<bool> EndAsync(Guid workflowUuid, WorkflowError error, Func<WorkflowError, Task<bool>> end, CancellationToken cancellationToken)
    {
        try
        {
            return await EndAsync(error, end, () => hooks.EndedAsync(workflowUuid, error, cancellationToken));
        }
        catch (Exception exception) when (MayEndUntidily(exception))
        {
            LogUntidy(logger, workflowUuid, exception);
            error = Untidy(error, exception);
        }

        try
        {
            return await EndAsync(error, end, () => cleanup.WriteAsync(workflowUuid, error.Message, cancellationToken));
        }
        catch (Exception exception) when (MayEndUntidily(exception))
        {
            LogUntidy(logger, workflowUuid, exception);
            return await EndAsync(error, end, () => Task.CompletedTask);
        }
    }

    private static async Task<bool> EndAsync(WorkflowError error, Func<WorkflowError, Task<bool>> end, Func<Task> tidyUp)
    {
        using var transaction = AmbientTransaction.Begin();
        var ended = await end(error);
        if (ended)
        {
            await tidyUp();
        }

        // Where nothing was written the caller's transaction may go on.
        transaction.Complete();
        return ended;
    }

    // In somebody else's transaction nothing more can be written.
    private static bool MayEndUntidily(Exception exception) =>
        exception is not (LeaseLostException or OperationCanceledException) && !DatabaseOutage.Caused(exception) && Transaction.Current is null;

    private static WorkflowError Untidy(WorkflowError error, Exception exception)
    {
        var cause = exception.GetBaseException();
        return error with
        {
            Message = ForeignText.Clean(error.Message) + $" What else was to be done at its end failed ({cause.GetType().Name}: {ForeignText.Clean(cause.Message, 500)}).",
            Detail = error.Detail is { } detail ? ForeignText.Clean(detail) : null,
        };
    }

    [LoggerMessage(EventId = 1136, Level = LogLevel.Error, Message = "Workflow {WorkflowUuid} has ended, but what was to be done at its end failed; it is ended without.")]
    private static partial void LogUntidy(ILogger logger, Guid workflowUuid, Exception exception);
}
