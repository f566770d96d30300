using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows;

/// <summary>
/// Lets a caller wait for the end of a run. The node that ends it tells at once, itself and the others; the ledger is asked
/// all the same every few seconds, because what is told may be lost.
/// </summary>
public sealed class WorkflowCompletions(IDbContextFactory<OpenClawDbContext> contexts, RunningWorkflows running, TimeProvider time) : IWorkflowObserver
{
    private const int Remembered = 10_000;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<TaskCompletionSource>> _waiting = [];

    // Who comes a moment too late to be told need not ask. A run that succeeded has done so for good.
    private readonly HashSet<Guid> _succeeded = [];
    private readonly Queue<Guid> _succeededInOrder = [];

    /// <summary>A run has ended on this node.</summary>
    public event Action<Guid>? EndedHere;

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is not (StepMoment.Succeeded or StepMoment.Ended))
        {
            return;
        }

        lock (_lock)
        {
            if (moment is StepMoment.Succeeded && _succeeded.Add(claim.WorkflowUuid))
            {
                _succeededInOrder.Enqueue(claim.WorkflowUuid);
            }

            if (_succeededInOrder.Count > Remembered)
            {
                _succeeded.Remove(_succeededInOrder.Dequeue());
            }
        }

        Heard(claim.WorkflowUuid);
        EndedHere?.Invoke(claim.WorkflowUuid);
    }

    /// <summary>Wakes those who wait for a run that has ended, wherever that was.</summary>
    public void Heard(Guid workflowUuid)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(workflowUuid, out var waiting))
            {
                waiting.ForEach(ended => ended.TrySetResult());
            }
        }
    }

    /// <summary>The run's status when it has ended, or when <paramref name="timeout"/> is over; null for an unknown run.</summary>
    public async Task<WorkflowStatus?> WaitAsync(Guid workflowUuid, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var mayBeUnderWay = true; ; mayBeUnderWay = false)
        {
            // Before the look: what ends after it is told of.
            var ended = Enter(workflowUuid);
            try
            {
                var status = await LookAsync(workflowUuid, mayBeUnderWay, cancellationToken);
                var left = timeout - time.GetElapsedTime(began);
                if (status is not (WorkflowStatus.Enqueued or WorkflowStatus.Pending) || left <= TimeSpan.Zero)
                {
                    return status;
                }

                using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(ended.Task, Task.Delay(left < LookAgain ? left : LookAgain, time, enough.Token));
                await enough.CancelAsync();
            }
            finally
            {
                Leave(workflowUuid, ended);
            }
        }
    }

    private TaskCompletionSource Enter(Guid workflowUuid)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_waiting.TryGetValue(workflowUuid, out var waiting))
            {
                _waiting[workflowUuid] = waiting = [];
            }

            waiting.Add(ended);
        }

        return ended;
    }

    private void Leave(Guid workflowUuid, TaskCompletionSource ended)
    {
        lock (_lock)
        {
            var waiting = _waiting[workflowUuid];
            waiting.Remove(ended);
            if (waiting.Count == 0)
            {
                _waiting.Remove(workflowUuid);
            }
        }
    }

    // What this process works on, or has just done, it knows without the ledger.
    private async Task<WorkflowStatus?> LookAsync(Guid workflowUuid, bool mayBeUnderWay, CancellationToken cancellationToken)
    {
        var isUnderWay = mayBeUnderWay && running.Contains(workflowUuid);
        lock (_lock)
        {
            if (_succeeded.Contains(workflowUuid))
            {
                return WorkflowStatus.Success;
            }
        }

        return isUnderWay ? WorkflowStatus.Pending : await StatusAsync(workflowUuid, cancellationToken);
    }

    private async Task<WorkflowStatus?> StatusAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.Where(workflow => workflow.WorkflowUuid == workflowUuid)
            .Select(workflow => (WorkflowStatus?)workflow.Status).SingleOrDefaultAsync(cancellationToken);
    }
}
