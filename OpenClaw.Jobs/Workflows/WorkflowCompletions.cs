using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows;

/// <summary>
/// Lets a caller wait for the end of a run. On the node that runs it the end is signalled at once; the ledger is asked
/// at an interval all the same, because any node may run it.
/// </summary>
public sealed class WorkflowCompletions(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time) : IWorkflowObserver
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is StepMoment.Succeeded or StepMoment.Ended && _waiting.TryGetValue(claim.WorkflowUuid, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>The run's status when it has ended, or when <paramref name="timeout"/> is over; null for an unknown run.</summary>
    public async Task<WorkflowStatus?> WaitAsync(Guid workflowUuid, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var until = time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
        var ended = _waiting.GetOrAdd(workflowUuid, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            while (true)
            {
                var status = await StatusAsync(workflowUuid, cancellationToken);
                if (status is not (WorkflowStatus.Enqueued or WorkflowStatus.Pending) || time.GetTimestamp() >= until)
                {
                    return status;
                }

                await Task.WhenAny(ended.Task, Task.Delay(PollInterval, time, cancellationToken));
            }
        }
        finally
        {
            _waiting.TryRemove(new(workflowUuid, ended));
        }
    }

    private async Task<WorkflowStatus?> StatusAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.Where(workflow => workflow.WorkflowUuid == workflowUuid)
            .Select(workflow => (WorkflowStatus?)workflow.Status).SingleOrDefaultAsync(cancellationToken);
    }
}
