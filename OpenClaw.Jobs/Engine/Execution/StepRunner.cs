using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// Runs steps under a lease of the ledger. Whatever order, number or lateness the jobs arrive in: a step runs only when
/// it is next, by one process at a time, and leaves exactly one output.
/// </summary>
public sealed partial class StepRunner(
    WorkflowLedger ledger,
    WorkflowCatalog catalog,
    RunningWorkflows running,
    StepExecution execution,
    StepGroup group,
    StepFailures failures,
    WorkflowObservers observers,
    ILogger<StepRunner> logger)
{
    // On every line that is logged while the step runs.
    private static readonly Func<ILogger, Guid?, Guid, string, int, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<Guid?, Guid, string, int, string>("agent {AgentId} workflow {WorkflowUuid} step {Step} attempt {Attempt} trace {TraceId}");

    /// <summary>So many starts without an end, because the process died, make a step a suspect: it rests before it is started again.</summary>
    public const int InterruptedFrom = 2;

    /// <summary>A start that is neither completed nor recorded as failed took its process down; after so many it is given up.</summary>
    public const int MaxInterruptions = 5;

    /// <summary>So often a run is taken up after a process that died though its step had been at work for a while; what interrupts it after that counts.</summary>
    public const int MaxRecoveries = 100;

    // How long a job waits that came while another process works on the same run.
    private static readonly TimeSpan Deferral = TimeSpan.FromSeconds(2);

    /// <summary>Runs one step of a chained run.</summary>
    /// <exception cref="StepOutcomeException">Says what becomes of the job.</exception>
    public async Task RunStepAsync(Guid workflowUuid, string step, string jobId, CancellationToken stopping)
    {
        using var entry = running.TryEnter(workflowUuid)
            ?? throw new StepDeferredException(Deferral, "This process runs the workflow already.");
        var (claim, refusal) = await ledger.ClaimAsync(workflowUuid, step, jobId, stopping);
        if (claim is null)
        {
            await RefuseAsync(workflowUuid, refusal, stopping);
            return;
        }

        await RunAsync(claim, entry, stopping);
    }

    /// <summary>Runs an inline run, whose lease this process has, from its next step to its end.</summary>
    /// <exception cref="StepOutcomeException">It has not come to its end; why is recorded.</exception>
    internal async Task RunAsync(StepClaim claimed, RunningWorkflows.Entry entry, CancellationToken stopping)
    {
        try
        {
            await RunStepsAsync(claimed, entry, stopping);
        }
        catch (Exception exception) when (IsUnrecorded(exception, stopping))
        {
            // It would come to the same again: the run ends, its owner hears of it, and a person may resume it.
            LogUnrecorded(logger, claimed.WorkflowUuid, exception);
            throw await failures.NotRecordedAsync(claimed, exception);
        }
    }

    // Neither told to the ledger nor a matter of when it is tried again.
    private static bool IsUnrecorded(Exception exception, CancellationToken stopping) =>
        exception is not (StepOutcomeException or LeaseLostException)
        && !(exception is OperationCanceledException && stopping.IsCancellationRequested)
        && !DatabaseOutage.Caused(exception);

    private async Task RunStepsAsync(StepClaim claimed, RunningWorkflows.Entry entry, CancellationToken stopping)
    {
        if (claimed.CancelRequested)
        {
            throw await failures.CancelledAsync(claimed, stopping);
        }

        var outputs = claimed.KnownOutputs ?? new RunOutputs();
        var together = true;
        var claim = claimed;
        while (claim is { } current)
        {
            var definition = await CheckAsync(current, stopping);
            current = await RememberAsync(current, stopping);
            using var scope = Scope(logger, current.AgentId, current.WorkflowUuid, current.StepName, current.Attempt, TraceOf(current));
            var size = together && definition.Mode is WorkflowMode.Inline ? StepGroup.Size(definition, current.StepIndex) : 1;
            if (size > 1)
            {
                (claim, outputs, together) = await RunTogetherAsync(current, definition, size, outputs, entry, stopping);
            }
            else
            {
                claim = await RunOneAsync(current, definition, outputs, entry, stopping);
            }
        }
    }

    private async Task<WorkflowDefinition> CheckAsync(StepClaim claim, CancellationToken stopping)
    {
        observers.Tell(StepMoment.Claimed, claim);
        var definition = catalog.Find(claim.WorkflowName, claim.WorkflowVersion);
        if (definition is null || claim.StepIndex >= definition.Steps.Count || definition.Steps[claim.StepIndex].Name != claim.StepName)
        {
            throw await failures.UnknownAsync(claim, stopping);
        }

        if (claim.PastDeadline)
        {
            throw await failures.LateAsync(claim, stopping);
        }

        return claim.Interruptions < MaxInterruptions
            ? definition
            : throw await failures.InterruptedTooOftenAsync(claim, MaxInterruptions, stopping);
    }

    private static string TraceOf(StepClaim claim) =>
        ActivityContext.TryParse(claim.Traceparent, null, out var trace) ? trace.TraceId.ToString() : "none";

    // Of a first attempt there is nothing to remember, and hardly any step has a second one.
    private async Task<StepClaim> RememberAsync(StepClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Attempt == 1)
        {
            return claim;
        }

        var earlier = await ledger.EarlierAttemptsAsync(claim, cancellationToken);
        if (earlier is [{ Interrupted: true } last, ..])
        {
            OpenClawTelemetry.StepRestarted(last.Ago);
        }

        return claim with { EarlierTraces = [.. earlier.Select(attempt => attempt.Traceparent).OfType<string>()] };
    }

    private async Task<(StepClaim? Next, RunOutputs Outputs, bool Together)> RunTogetherAsync(
        StepClaim claim, WorkflowDefinition definition, int size, RunOutputs outputs, RunningWorkflows.Entry entry, CancellationToken stopping)
    {
        await (entry.Permit?.RetakeAsync(stopping) ?? Task.CompletedTask);
        var last = claim.StepIndex + size == definition.Steps.Count;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(entry.Cancelled, stopping);
        using var trace = OpenClawTelemetry.StartStep(claim, claim.EarlierTraces);
        var steps = definition.Steps.Skip(claim.StepIndex).Take(size).ToList();
        if (await group.TryRunAsync(claim, steps, outputs, last, OnExecuted, cancellation.Token) is not var (next, cancelRequested, written))
        {
            return (claim, outputs, false);
        }

        trace.Completed();
        await FinishAsync(claim, next, last, cancelRequested, stopping);
        return (next, written, true);
    }

    private async Task<StepClaim?> RunOneAsync(
        StepClaim claim, WorkflowDefinition definition, RunOutputs outputs, RunningWorkflows.Entry entry, CancellationToken stopping)
    {
        var step = definition.Steps[claim.StepIndex];
        var last = claim.StepIndex == definition.Steps.Count - 1;
        var startNext = !last && definition.Mode is WorkflowMode.Inline;
        StepClaim? next;
        bool cancelRequested;
        if (step.Implementation.IsAssignableTo(typeof(IDatabaseStep)))
        {
            await (entry.Permit?.RetakeAsync(stopping) ?? Task.CompletedTask);
        }

        using var trace = OpenClawTelemetry.StartStep(claim, claim.EarlierTraces);
        try
        {
            (next, cancelRequested) = await execution.ExecuteAsync(claim, step, outputs, last, startNext, OnExecuted, entry, stopping);
            trace.Completed();
        }
        catch (Exception exception) when (exception is not (LeaseLostException or StepOutcomeException))
        {
            throw await failures.HandleAsync(step, claim, exception, entry.Cancelled, stopping);
        }

        await FinishAsync(claim, next, last, cancelRequested, stopping);
        return next;
    }

    private async Task FinishAsync(StepClaim claim, StepClaim? next, bool last, bool cancelRequested, CancellationToken stopping)
    {
        if (last)
        {
            OpenClawTelemetry.WorkflowEnded(claim, succeeded: true);
        }

        observers.Tell(last ? StepMoment.Succeeded : StepMoment.Checkpointed, claim);
        if (next is not null && cancelRequested)
        {
            throw await failures.CancelledAsync(next, stopping);
        }
    }

    private async Task RefuseAsync(Guid workflowUuid, RefusedClaim refusal, CancellationToken cancellationToken)
    {
        switch (refusal.Why)
        {
            case ClaimRefusal.Done:
                return;
            case ClaimRefusal.CancelRequested:
                throw await failures.CancelIdleAsync(workflowUuid, cancellationToken);
            case ClaimRefusal.Interrupted:
                throw new StepDeferredException(refusal.Rests, "Its process died during this step more than once; it starts at a moment of its own.");
            case ClaimRefusal.NotNow:
                throw new StepDeferredException(Deferral, "Another process runs the workflow, or an earlier step is not done.");
            case ClaimRefusal.Cancelled:
                throw new WorkflowCancelledException("The workflow was cancelled.");
            case ClaimRefusal.Ended:
                throw new WorkflowFailedException("The workflow has ended; resume it to go on from the step that failed.");
            default:
                throw new WorkflowFailedException($"The ledger has no workflow {workflowUuid} with this step; its history may have been removed.");
        }
    }

    private void OnExecuted(StepClaim claim) => observers.Tell(StepMoment.Executed, claim);

    [LoggerMessage(EventId = 1133, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} ends: what came of its step could not be recorded.")]
    private static partial void LogUnrecorded(ILogger logger, Guid workflowUuid, Exception exception);
}
