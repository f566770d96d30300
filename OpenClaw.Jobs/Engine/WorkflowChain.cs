using Hangfire;
using Hangfire.States;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Engine;

/// <summary>The Hangfire jobs of a chained run.</summary>
public sealed class WorkflowChain(IBackgroundJobClient jobs)
{
    /// <summary>Creates the jobs for the steps from <paramref name="firstStep"/> on, a chain of continuations, in the ambient transaction.</summary>
    /// <returns>The job of each of these steps.</returns>
    public IReadOnlyList<string> Create(WorkflowDefinition definition, Guid workflowUuid, int firstStep)
    {
        var steps = definition.Steps.Skip(firstStep).ToList();
        var ids = new List<string>(steps.Count);
        foreach (var step in steps)
        {
            IState enqueued = new EnqueuedState(definition.Queue);
            IState state = ids.Count == 0 ? enqueued : new AwaitingState(ids[^1], enqueued, JobContinuationOptions.OnlyOnSucceededState);
            var name = step.Name;

            // Created with its queue, a job is in it again after a retry; else it would come back in the default one.
            ids.Add(jobs.Create<WorkflowJobs>(definition.Queue, runner => runner.RunStepAsync(workflowUuid, name, null!, CancellationToken.None), state)!);
        }

        return ids;
    }
}
