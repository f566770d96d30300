using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine;

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

    // The last ones, and whether they succeeded, for who comes a moment too late to be told.
    private readonly Dictionary<Guid, bool> _ended = [];
    private readonly Queue<Guid> _endedInOrder = [];

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
            if (!_ended.ContainsKey(claim.WorkflowUuid))
            {
                _endedInOrder.Enqueue(claim.WorkflowUuid);
            }

            _ended[claim.WorkflowUuid] = moment is StepMoment.Succeeded;
            if (_endedInOrder.Count > Remembered)
            {
                _ended.Remove(_endedInOrder.Dequeue());
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
    public Task<WorkflowStatus?> WaitAsync(Guid workflowUuid, TimeSpan timeout, CancellationToken cancellationToken) =>
        WaitAsync(workflowUuid, timeout, isNew: false, cancellationToken);

    /// <param name="workflowUuid">The run.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="isNew">The caller has just started it: the ledger is not asked whether it has ended already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <inheritdoc cref="WaitAsync(Guid, TimeSpan, CancellationToken)"/>
    public async Task<WorkflowStatus?> WaitAsync(Guid workflowUuid, TimeSpan timeout, bool isNew, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var mayBeOpen = isNew || running.Contains(workflowUuid); ; mayBeOpen = false)
        {
            // Before the look: what ends after it is told of.
            var ended = Enter(workflowUuid);
            try
            {
                var status = await LookAsync(workflowUuid, mayBeOpen, cancellationToken);
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

    // What this process has just done it knows without the ledger. A success is for good; what failed may have been resumed.
    private async Task<WorkflowStatus?> LookAsync(Guid workflowUuid, bool mayBeOpen, CancellationToken cancellationToken)
    {
        bool ended, succeeded;
        lock (_lock)
        {
            ended = _ended.TryGetValue(workflowUuid, out succeeded);
        }

        return succeeded ? WorkflowStatus.Success
            : mayBeOpen && !ended ? WorkflowStatus.Pending
            : await StatusAsync(workflowUuid, cancellationToken);
    }

    private async Task<WorkflowStatus?> StatusAsync(Guid workflowUuid, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workflows.Where(workflow => workflow.WorkflowUuid == workflowUuid)
            .Select(workflow => (WorkflowStatus?)workflow.Status).SingleOrDefaultAsync(cancellationToken);
    }
}
