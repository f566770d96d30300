using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows;

/// <summary>
/// Lets a caller wait for the end of a run. On the node that runs it the end is signalled at once; the ledger is asked all
/// the same, because any node may run it, and ever more rarely, because a turn may take an hour.
/// </summary>
public sealed class WorkflowCompletions(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time) : IWorkflowObserver
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

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
            for (var pause = FirstLook; ; pause = 2 * pause < LongestPause ? 2 * pause : LongestPause)
            {
                var status = await StatusAsync(workflowUuid, cancellationToken);
                if (status is not (WorkflowStatus.Enqueued or WorkflowStatus.Pending) || time.GetTimestamp() >= until)
                {
                    return status;
                }

                var left = time.GetElapsedTime(time.GetTimestamp(), until);
                await Task.WhenAny(ended.Task, Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : left < pause ? left : pause, time, cancellationToken));
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
