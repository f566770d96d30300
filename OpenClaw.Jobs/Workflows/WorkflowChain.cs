using Hangfire;
using Hangfire.States;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Jobs.Workflows;

/// <summary>The Hangfire jobs of a run.</summary>
public sealed class WorkflowChain(IBackgroundJobClient jobs)
{
    /// <summary>
    /// Creates the jobs for the steps from <paramref name="firstStep"/> on, in the ambient transaction: a chain of
    /// continuations, or one job for an inline run. Returns the job of each of these steps.
    /// </summary>
    public IReadOnlyList<string> Create(WorkflowDefinition definition, Guid workflowUuid, int firstStep)
    {
        var steps = definition.Steps.Skip(firstStep).ToList();
        if (definition.Mode is WorkflowMode.Inline)
        {
            var job = jobs.Create<WorkflowJobs>(runner => runner.RunAsync(workflowUuid, null!, CancellationToken.None), new EnqueuedState(definition.Queue))!;
            return [.. steps.Select(_ => job)];
        }

        var ids = new List<string>(steps.Count);
        foreach (var step in steps)
        {
            IState enqueued = new EnqueuedState(definition.Queue);
            IState state = ids.Count == 0 ? enqueued : new AwaitingState(ids[^1], enqueued);
            var name = step.Name;
            ids.Add(jobs.Create<WorkflowJobs>(runner => runner.RunStepAsync(workflowUuid, name, null!, CancellationToken.None), state)!);
        }

        return ids;
    }
}
