using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// Decides what a failed attempt means, writes it to the ledger, and returns the signal for Hangfire. A run that ends
/// tells the application's hooks in the same transaction.
/// </summary>
public sealed class StepFailures(
    WorkflowLedger ledger, WorkflowHooksRunner hooks, IEnumerable<IWorkflowObserver> observers)
{
    /// <summary>Of a run that is past its deadline.</summary>
    public static readonly WorkflowError Late = new("deadline_exceeded", "The workflow did not end before its deadline. Resume it to try on.");

    // Of one attempt to another while the database is away.
    private static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(1);

    private const string CancelledMessage = "The workflow was cancelled.";

    private readonly IWorkflowObserver[] _observers = [.. observers];

    public async Task<Exception> HandleAsync(
        StepDefinition step, StepClaim claim, Exception exception,
        CancellationToken cancelled, CancellationToken stopping)
    {
        if (exception is OperationCanceledException && cancelled.IsCancellationRequested)
        {
            return await CancelledAsync(claim, CancellationToken.None);
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

        if (DatabaseOutage.Caused(exception))
        {
            await ledger.ReleaseAsync(claim, AfterOutage, CancellationToken.None);
            return exception;
        }

        var error = WorkflowError.From(exception, step.Name);
        var known = exception as StepFailedException;
        var failures = claim.Failures + 1;
        if (known is { NonRetryable: true } || failures >= step.Retry.MaxAttempts)
        {
            await EndAsync(claim, WorkflowStatus.Error, error, stepFailed: true, CancellationToken.None);
            return new WorkflowFailedException($"Step {step.Name} failed for good at attempt {claim.Attempt}: {exception.Message}", exception);
        }

        var delay = known?.RetryAfter ?? step.Retry.DelayAfter(failures, Random.Shared.NextDouble());
        await ledger.RetryAsync(claim, error, delay, CancellationToken.None);
        return new StepRetryException(delay, failures, step.Retry.MaxAttempts - 1, exception);
    }

    public async Task<Exception> CancelledAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        await EndAsync(claim, WorkflowStatus.Cancelled, new WorkflowError("cancelled", CancelledMessage, claim.StepName), stepFailed: false, cancellationToken);
        return new WorkflowCancelledException(CancelledMessage);
    }

    public async Task<Exception> CancelIdleAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        await EndIdleAsync(workflowUuid, WorkflowStatus.Cancelled, new WorkflowError("cancelled", CancelledMessage), "system", cancellationToken);
        return new WorkflowCancelledException(CancelledMessage);
    }

    public async Task<Exception> LateAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        await EndAsync(claim, WorkflowStatus.Error, Late, stepFailed: false, cancellationToken);
        return new WorkflowFailedException(Late.Message);
    }

    public async Task<Exception> UnknownAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        var message = $"This build does not know step {claim.StepName} of workflow {claim.WorkflowName} version {claim.WorkflowVersion}. "
            + "Deploy a build that does, then resume the workflow.";
        await EndAsync(claim, WorkflowStatus.Error, new WorkflowError("unknown_step", message, claim.StepName), stepFailed: true, cancellationToken);
        return new WorkflowFailedException(message);
    }

    /// <summary>Ends a run of which not even the outcome of a step could be recorded, so that it is not held for ever.</summary>
    public Task NotRecordedAsync(StepClaim claim, Exception exception)
    {
        var cause = exception.GetBaseException();
        var message = $"What came of a step could not be recorded ({cause.GetType().Name}: {ForeignText.Clean(cause.Message, 500)}). Look at the log, then resume the workflow.";
        return EndAsync(claim, WorkflowStatus.Error, new WorkflowError("outcome_not_recorded", message), stepFailed: true, CancellationToken.None);
    }

    public async Task<Exception> InterruptedTooOftenAsync(StepClaim claim, int limit, CancellationToken cancellationToken)
    {
        var message = $"Step {claim.StepName} was started {limit} times by processes that did not survive it. "
            + "Look at their logs, then resume the workflow.";
        await EndAsync(claim, WorkflowStatus.RetriesExceeded, new WorkflowError("retries_exceeded", message, claim.StepName), stepFailed: true, cancellationToken);
        return new WorkflowFailedException(message);
    }

    /// <summary>Ends a run that nobody holds; false when it is held, or has ended already.</summary>
    public async Task<bool> EndIdleAsync(
        Guid workflowUuid, WorkflowStatus status, WorkflowError error, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        if (!await ledger.EndIdleAsync(workflowUuid, status, error, actor, cancellationToken))
        {
            // Nothing was written, and the caller's transaction may go on.
            transaction.Complete();
            return false;
        }

        await hooks.EndedAsync(workflowUuid, error, cancellationToken);
        transaction.Complete();
        return true;
    }

    private async Task EndAsync(
        StepClaim claim, WorkflowStatus status, WorkflowError error, bool stepFailed, CancellationToken cancellationToken)
    {
        using (var transaction = AmbientTransaction.Begin())
        {
            await ledger.EndAsync(claim, status, error, stepFailed, cancellationToken);
            await hooks.EndedAsync(claim.WorkflowUuid, error, cancellationToken);
            transaction.Complete();
        }

        OpenClawTelemetry.WorkflowEnded(claim, succeeded: false);
        foreach (var observer in _observers)
        {
            observer.On(StepMoment.Ended, claim);
        }
    }
}
