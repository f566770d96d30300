using Microsoft.Extensions.Logging;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Engine.Recovery;

/// <summary>
/// Finds runs on which nothing has moved by their due time and makes sure that something will move them: of a chained one
/// it requeues the job there is, or creates the rest of the chain anew; one that this process holds and does not work on, for
/// what became of it could not be written, it frees. Doing so once too often harms nothing, and one that cannot be helped keeps
/// no other from being.
/// </summary>
public sealed partial class Reconciler(
    WorkflowLedger ledger,
    WorkflowCatalog catalog,
    WorkflowChain chain,
    EngineJobs engine,
    RunningWorkflows running,
    InlineRunners runners,
    StepFailures failures,
    ExecutorIdentity executor,
    ILogger<Reconciler> logger)
{
    private const int BatchSize = 200;

    // A step whose job was created anew so often, and that has not even begun, will not with one more.
    private const int MaxReenqueues = 10;

    // A claim that was just made is on its way to the runner.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(2);

    /// <summary>Looks after all runs that are due. Returns how many needed help.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var due = await ledger.TakeDueAsync(BatchSize, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var alive = await ledger.LivenessAsync(RecoveryService.Silence, cancellationToken);
        var helped = 0;
        foreach (var workflow in due)
        {
            helped += await TryHelpAsync(workflow, alive, cancellationToken) ? 1 : 0;
        }

        return helped;
    }

    /// <summary>
    /// Frees the inline runs that this process holds and does not work on, without waiting for their time: after an outage it
    /// holds those whose claim, or end, it never heard of.
    /// </summary>
    public async Task FreeLeftAsync(CancellationToken cancellationToken)
    {
        foreach (var workflowUuid in await ledger.HeldAsync(UnderWay, cancellationToken))
        {
            if (!running.Contains(workflowUuid))
            {
                await HelpAsync(workflowUuid, cancellationToken);
            }
        }
    }

    /// <summary>Looks after one run now, whether it is due or not.</summary>
    public async Task<bool> HelpAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        await ledger.FindOpenAsync(workflowUuid, cancellationToken) is { } workflow
        && await HelpAsync(workflow, await ledger.LivenessAsync(RecoveryService.Silence, cancellationToken), cancellationToken);

    private async Task<bool> TryHelpAsync(DueWorkflow workflow, Func<string, bool> isServerAlive, CancellationToken cancellationToken)
    {
        try
        {
            return await HelpAsync(workflow, isServerAlive, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseOutage.Caused(exception))
        {
            LogNotHelped(logger, workflow.WorkflowUuid, workflow.Name, exception);
            return false;
        }
    }

    private async Task<bool> HelpAsync(DueWorkflow workflow, Func<string, bool> isServerAlive, CancellationToken cancellationToken)
    {
        if (workflow.ExecutorId != executor.Id)
        {
            return await HelpAsync(workflow, held: workflow.ExecutorId is not null, isServerAlive, cancellationToken);
        }

        // As long as it is looked after nothing here can begin to work on it.
        using var idle = running.TryEnter(workflow.WorkflowUuid);
        if (idle is null)
        {
            return await HelpAsync(workflow, held: true, isServerAlive, cancellationToken);
        }

        await ledger.FreeOwnAsync(workflow.WorkflowUuid, cancellationToken);
        LogFreed(logger, workflow.WorkflowUuid, workflow.Name, workflow.NextStep);
        await HelpAsync(workflow with { ExecutorId = null }, held: false, isServerAlive, cancellationToken);
        return true;
    }

    private async Task<bool> HelpAsync(DueWorkflow workflow, bool held, Func<string, bool> isServerAlive, CancellationToken cancellationToken)
    {
        if (workflow.PastDeadline)
        {
            return await EndLateAsync(workflow, held, cancellationToken);
        }

        if (held)
        {
            return false;
        }

        if (workflow.CancelRequested)
        {
            await failures.CancelIdleAsync(workflow.WorkflowUuid, cancellationToken);
            return true;
        }

        if (workflow.Queue is { } inline)
        {
            runners.WakeOnCommit(inline);
            return false;
        }

        var prospect = engine.Look(workflow.JobId, isServerAlive);
        if (prospect is not JobProspect.WillRun && await ledger.CountReenqueuedAsync(workflow.WorkflowUuid, cancellationToken) >= MaxReenqueues)
        {
            var error = new WorkflowError("retries_exceeded", $"The job of step {workflow.NextStep} was lost {MaxReenqueues} times and never ran. Look at the servers and queues in the job dashboard, then resume the workflow.");
            return await failures.EndIdleAsync(workflow.WorkflowUuid, WorkflowStatus.RetriesExceeded, error, executor.Id, cancellationToken);
        }

        switch (prospect)
        {
            case JobProspect.Stuck:
                var queue = catalog.Find(workflow.Name, workflow.Version)?.Queue ?? Queues.Default;
                engine.Requeue(workflow.JobId!, queue, "Requeued by the reconciler");
                break;
            case JobProspect.Gone:
                // It may have ended, or moved on, since it was found.
                if (await ledger.FindOpenAsync(workflow.WorkflowUuid, cancellationToken) is not { ExecutorId: null } still || still.NextStep != workflow.NextStep)
                {
                    return false;
                }

                await RecreateAsync(workflow, cancellationToken);
                break;
            default:
                return false;
        }

        await ledger.LogReenqueuedAsync(workflow.WorkflowUuid, $"Job {workflow.JobId} would not have run.", cancellationToken);
        LogHelped(logger, workflow.WorkflowUuid, workflow.Name, workflow.NextStep);
        return true;
    }

    private async Task RecreateAsync(DueWorkflow workflow, CancellationToken cancellationToken)
    {
        if (catalog.Find(workflow.Name, workflow.Version) is not { } definition)
        {
            var message = $"This build does not know workflow {workflow.Name} version {workflow.Version}. Deploy a build that does, then resume it.";
            await failures.EndIdleAsync(workflow.WorkflowUuid, WorkflowStatus.Error, new WorkflowError("unknown_workflow", message), executor.Id, cancellationToken);
            return;
        }

        using var transaction = AmbientTransaction.Begin();
        var jobs = chain.Create(definition, workflow.WorkflowUuid, workflow.NextStep);
        await ledger.SetJobsAsync(workflow.WorkflowUuid, workflow.NextStep, jobs, cancellationToken);
        transaction.Complete();
    }

    private Task<bool> EndLateAsync(DueWorkflow workflow, bool held, CancellationToken cancellationToken) => held
        ? ledger.RequestCancelAsync(workflow.WorkflowUuid, executor.Id, "Its deadline has passed.", cancellationToken)
        : failures.EndIdleAsync(workflow.WorkflowUuid, WorkflowStatus.Error, StepFailures.Late, executor.Id, cancellationToken);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "This process held workflow {WorkflowUuid} ({Name}) at step {Step} and did not work on it; it goes on.")]
    private static partial void LogFreed(ILogger logger, Guid workflowUuid, string name, int step);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "Workflow {WorkflowUuid} ({Name}) could not be helped on; it is looked at again.")]
    private static partial void LogNotHelped(ILogger logger, Guid workflowUuid, string name, Exception exception);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Workflow {WorkflowUuid} ({Name}) had no live job for step {Step}; it has one again.")]
    private static partial void LogHelped(ILogger logger, Guid workflowUuid, string name, int step);
}
