using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// Turns what the step runner decided into the Hangfire state of the job, and what a person does in Hangfire's
/// dashboard (Requeue, Delete) into the same decision in the ledger. Counts what was performed.
/// </summary>
/// <remarks>Runs before <see cref="global::Hangfire.AutomaticRetryAttribute"/>, which is left with failures of the infrastructure.</remarks>
public sealed class StepOutcomeFilter : JobFilterAttribute, IElectStateFilter, IServerFilter
{
    private readonly IOperatorActions _operator;

    public StepOutcomeFilter(IOperatorActions operatorActions)
    {
        _operator = operatorActions;
        Order = 0;
    }

    public void OnStateElection(ElectStateContext context)
    {
        // A job whose class is not found, or not allowed, has none.
        if (context.BackgroundJob.Job?.Type != typeof(WorkflowJobs))
        {
            return;
        }

        switch (context.CandidateState)
        {
            case FailedState { Exception: StepOutcomeException signal }:
                context.CandidateState = Translate(context, signal);
                break;
            case EnqueuedState when context.CurrentState == FailedState.StateName:
                _operator.Resume(WorkflowJobs.WorkflowOf(context.BackgroundJob.Job));
                break;
            case DeletedState:
                _operator.Cancel(WorkflowJobs.WorkflowOf(context.BackgroundJob.Job));
                break;
        }
    }

    /// <exception cref="TypeLoadException">The job would call a type that is only there as a parameter or a state.</exception>
    public void OnPerforming(PerformingContext context)
    {
        if (!JobTypes.IsClass(context.BackgroundJob.Job.Type))
        {
            throw JobTypes.Refuse(context.BackgroundJob.Job.Type);
        }
    }

    public void OnPerformed(PerformedContext context) => OpenClawTelemetry.JobEnded(succeeded: context.Exception is null);

    private static IState Translate(ElectStateContext context, StepOutcomeException signal)
    {
        switch (signal)
        {
            case StepRetryException retry:
                context.SetJobParameter("RetryCount", retry.Attempt);
                return new ScheduledState(retry.Delay) { Reason = $"Retry attempt {retry.Attempt} of {retry.MaxRetries}: {retry.Message}" };
            case StepDeferredException deferred:
                return new ScheduledState(deferred.Delay) { Reason = deferred.Message };
            case WorkflowCancelledException cancelled:
                return new DeletedState { Reason = cancelled.Message };
            default:
                return context.CandidateState;
        }
    }
}

/// <summary>What a person can do to a workflow through Hangfire's own dashboard.</summary>
public interface IOperatorActions
{
    /// <summary>Takes up a workflow that ended without success, at the step that failed.</summary>
    void Resume(Guid workflowUuid);

    /// <summary>Cancels a workflow that has not ended.</summary>
    void Cancel(Guid workflowUuid);
}
