using System.Collections.Concurrent;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Bench.Engine;

/// <summary>Five steps that do nothing, in each way that the product runs steps.</summary>
internal static class EmptyWorkflows
{
    private const int Steps = 5;

    /// <summary>Each step a Hangfire job.</summary>
    public static readonly WorkflowDefinition Chained = External(WorkflowDefinition.Chained("bench_chained", version: 1, Queues.Default));

    /// <summary>One Hangfire job; each step, as one with an effect outside, checkpointed on its own.</summary>
    public static readonly WorkflowDefinition Inline = External(WorkflowDefinition.Inline("bench_inline", version: 1, Queues.Default));

    /// <summary>One Hangfire job; the steps, as ones with effects in our database, committed together.</summary>
    public static readonly WorkflowDefinition InlineDatabase = Enumerable.Range(1, Steps).Aggregate(
        WorkflowDefinition.Inline("bench_inline_database", version: 1, Queues.Default), (workflow, i) => workflow.Database<EmptyDatabaseStep>($"step{i}"));

    public static IEnumerable<WorkflowDefinition> All => [Chained, Inline, InlineDatabase];

    private static WorkflowDefinition External(WorkflowDefinition empty) =>
        Enumerable.Range(1, Steps).Aggregate(empty, (workflow, i) => workflow.External<EmptyStep>($"step{i}"));
}

internal sealed class EmptyStep : IExternalStep
{
    public Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult<object?>(null);
}

internal sealed class EmptyDatabaseStep : IDatabaseStep
{
    public Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<object?>(null);
}

/// <summary>Lets the bench wait for a run's end: the commit of its last checkpoint.</summary>
internal sealed class WorkflowEnds : IWorkflowObserver
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>Asked for before the run is started.</summary>
    public Task Of(Guid workflowUuid) =>
        _waiting.GetOrAdd(workflowUuid, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is StepMoment.Succeeded && _waiting.TryRemove(claim.WorkflowUuid, out var waiting))
        {
            waiting.SetResult();
        }
    }
}
