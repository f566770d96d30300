using System.Diagnostics;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Engine.Recovery;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Engine;

/// <summary>Starts runs, and does to them what people ask for. Every method says what it did; none waits for the run.</summary>
public sealed class WorkflowClient(
    WorkflowLedger ledger,
    WorkflowCatalog catalog,
    WorkflowChain chain,
    StepFailures failures,
    WorkflowHooksRunner hooks,
    RunningWorkflows running,
    InlineRunners runners,
    Reconciler reconciler,
    EngineJobs engine)
{
    // Of what a person gives as the reason for a cancellation.
    private const int MaxReason = 1_000;

    /// <summary>Starts a run in the ambient transaction: with the caller's rows it commits or never was.</summary>
    /// <returns>The run; one that was started earlier with the same key.</returns>
    public Task<Guid> StartAsync(WorkflowStart start, CancellationToken cancellationToken) => StartAsync(start, hold: false, cancellationToken);

    /// <summary>Writes a run that begins when <see cref="ReleaseAsync"/> is called, because another one is to end first.</summary>
    public Task<Guid> HoldAsync(WorkflowStart start, CancellationToken cancellationToken) => StartAsync(start, hold: true, cancellationToken);

    /// <summary>Lets a run begin that is held, in the ambient transaction. One that is not held, or no more, is left alone.</summary>
    public async Task ReleaseAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        if (await ledger.ReleaseHeldAsync(workflowUuid, cancellationToken) is var (name, version) && catalog.Find(name, version) is { } definition)
        {
            await GetGoingAsync(definition, workflowUuid, firstStep: 0, cancellationToken);
        }

        transaction.Complete();
    }

    private async Task<Guid> StartAsync(WorkflowStart start, bool hold, CancellationToken cancellationToken)
    {
        var definition = catalog.Latest(start.Name);
        using var transaction = AmbientTransaction.Begin();
        var started = await ledger.FindByKeyAsync(start, cancellationToken) ?? await StartAsync(definition, start, hold, cancellationToken);
        transaction.Complete();
        return started;
    }

    private async Task<Guid> StartAsync(WorkflowDefinition definition, WorkflowStart start, bool hold, CancellationToken cancellationToken)
    {
        var place = definition.Mode is WorkflowMode.Inline && !hold ? runners.TryReserve(definition.Queue) : null;
        var traceparent = Activity.Current?.Id;
        var mine = false;
        try
        {
            // Another caller may take the key in this moment: then nothing was written, and there is nothing to get going.
            var (workflowUuid, created) = await ledger.StartAsync(definition, start, hold, place?.JobId, traceparent, cancellationToken);
            if (!created)
            {
                return workflowUuid;
            }

            OpenClawTelemetry.WorkflowStarted(definition.Name);
            if (place is not null)
            {
                mine = true;
                place.RunOnCommit(WorkflowLedger.ClaimOf(definition, start, place.JobId, traceparent));
            }
            else if (!hold)
            {
                await GetGoingAsync(definition, workflowUuid, start.KnownOutputs.Count, cancellationToken);
            }

            return workflowUuid;
        }
        finally
        {
            if (!mine)
            {
                place?.Dispose();
            }
        }
    }

    // In the transaction that wrote the run: a chained one gets its jobs, an inline one is due and its runner looks.
    private async Task GetGoingAsync(WorkflowDefinition definition, Guid workflowUuid, int firstStep, CancellationToken cancellationToken)
    {
        if (definition.Mode is WorkflowMode.Inline)
        {
            runners.WakeOnCommit(definition.Queue);
            return;
        }

        var jobs = chain.Create(definition, workflowUuid, firstStep);
        await ledger.SetJobsAsync(workflowUuid, firstStep, jobs, cancellationToken);
    }

    /// <summary>Starts many runs of an inline workflow in the ambient transaction, with one statement for the ledger.</summary>
    /// <remarks>One whose key is taken is not started.</remarks>
    public async Task StartManyAsync(string name, IReadOnlyList<WorkflowStart> starts, CancellationToken cancellationToken)
    {
        if (starts.Count == 0)
        {
            return;
        }

        var definition = catalog.Latest(name);
        using var transaction = AmbientTransaction.Begin();
        var started = await ledger.StartManyAsync(definition, starts, Activity.Current?.Id, cancellationToken);
        runners.WakeOnCommit(definition.Queue);
        OpenClawTelemetry.WorkflowStarted(name, started.Count);
        transaction.Complete();
    }

    /// <summary>Ends a run at its next step boundary; at once when nobody runs it. False when it has ended already.</summary>
    public async Task<bool> CancelAsync(Guid workflowUuid, string actor, string? reason, CancellationToken cancellationToken)
    {
        var open = await ledger.FindOpenAsync(workflowUuid, cancellationToken);
        if (!await CancelInLedgerAsync(workflowUuid, actor, reason, cancellationToken))
        {
            return false;
        }

        if (open is { Queue: null, JobId: { } jobId })
        {
            AmbientTransaction.OnCommit(() => engine.DeleteIfIdle(jobId));
        }

        return true;
    }

    /// <summary>Takes up a run that ended without success, at the step that failed. Null, or why it cannot be.</summary>
    public async Task<string?> ResumeAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken)
    {
        var refusal = await ReopenAsync(workflowUuid, actor, cancellationToken);
        if (refusal is null)
        {
            await reconciler.HelpAsync(workflowUuid, cancellationToken);
        }

        return refusal;
    }

    /// <summary>Has a run looked at now that rests because its time had not come: what it waits for may have happened. In the ambient transaction.</summary>
    public async Task WakeAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        switch (await ledger.WakeAsync(workflowUuid, cancellationToken))
        {
            case { Queue: { } queue }:
                runners.WakeOnCommit(queue);
                break;
            case { JobId: { } jobId }:
                AmbientTransaction.OnCommit(() => engine.RunNow(jobId));
                break;
        }
    }

    /// <summary>Makes sure that an open run has a live job, and takes up one that ended without success.</summary>
    public async Task<string?> RecoverAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken) =>
        await ledger.FindOpenAsync(workflowUuid, cancellationToken) is null
            ? await ResumeAsync(workflowUuid, actor, cancellationToken)
            : await HelpOpenAsync(workflowUuid, actor, cancellationToken);

    /// <summary>The same for all inline runs of an agent: it is back, or will never be.</summary>
    public async Task WakeAgentAsync(Guid agentId, CancellationToken cancellationToken)
    {
        foreach (var queue in await ledger.WakeAgentAsync(agentId, cancellationToken))
        {
            runners.WakeOnCommit(queue);
        }
    }

    /// <summary>Runs one that has ended anew from a step that it had reached, with the outputs of the steps before.</summary>
    /// <returns>Null and the new run, or why there is none.</returns>
    public async Task<(string? Refusal, Guid Fork)> ForkAsync(Guid workflowUuid, string step, string actor, CancellationToken cancellationToken)
    {
        var fork = Guid.CreateVersion7();
        using var transaction = AmbientTransaction.Begin();
        if (await ledger.ForkAsync(workflowUuid, fork, step, actor, cancellationToken) is not { } forked)
        {
            transaction.Complete();
            return ($"The workflow has not ended, or did not reach a step named '{step}'.", default);
        }

        if (catalog.Find(forked.Name, forked.Version) is not { } definition)
        {
            return ($"This build does not know workflow {forked.Name} version {forked.Version}.", default);
        }

        if (await hooks.ForkingAsync(workflowUuid, fork, cancellationToken) is { } refusal)
        {
            return (refusal, default);
        }

        await GetGoingAsync(definition, fork, forked.FirstStep, cancellationToken);
        transaction.Complete();
        return (null, fork);
    }

    /// <summary>Opens a run again in the ledger alone; the caller sees to its job.</summary>
    internal async Task<string?> ReopenAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        if (!await ledger.ReopenAsync(workflowUuid, actor, cancellationToken))
        {
            // Nothing was written, and the caller's transaction may go on.
            transaction.Complete();
            return "The workflow has not ended without success, so there is nothing to resume.";
        }

        var refusal = await hooks.ResumingAsync(workflowUuid, cancellationToken);
        if (refusal is null)
        {
            transaction.Complete();
        }

        return refusal;
    }

    /// <summary>Cancels a run in the ledger alone; its job is the caller's.</summary>
    internal async Task<bool> CancelInLedgerAsync(Guid workflowUuid, string actor, string? reason, CancellationToken cancellationToken)
    {
        reason = reason is null ? null : ForeignText.Clean(reason, MaxReason);
        if (!await ledger.RequestCancelAsync(workflowUuid, actor, reason, cancellationToken))
        {
            return false;
        }

        // A step that ends before that stands in the ledger would be taken for one that was interrupted.
        AmbientTransaction.OnCommit(() => running.Cancel(workflowUuid));
        var error = new WorkflowError("cancelled", reason is null ? $"Cancelled by {actor}." : $"Cancelled by {actor}: {reason}");
        await failures.EndIdleAsync(workflowUuid, WorkflowStatus.Cancelled, error, actor, cancellationToken);
        return true;
    }

    private async Task<string?> HelpOpenAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken)
    {
        await ledger.AuditRecoverAsync(workflowUuid, actor, cancellationToken);
        await reconciler.HelpAsync(workflowUuid, cancellationToken);
        return null;
    }
}
