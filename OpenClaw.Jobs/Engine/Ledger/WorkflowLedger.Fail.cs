using System.Diagnostics;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    // An inline run is due when it is tried again; of a chained one the reconciler first lets its job do that.
    private const string RetrySql =
        """
        WITH released AS (
            UPDATE openclaw_system.workflow_status
            SET executor_id = NULL, updated_at = now(), due_at = now() + $6 + CASE WHEN queue IS NULL THEN $7 ELSE interval '0' END
            WHERE workflow_uuid = $1 AND executor_id = $2 AND lease_epoch = $3
            RETURNING workflow_uuid
        ), failed AS (
            UPDATE openclaw_system.operation_outputs o
            SET failures = o.failures + 1, error = $5
            FROM released r
            WHERE o.workflow_uuid = r.workflow_uuid AND o.function_id = $4
            RETURNING o.function_name, o.attempts
        )
        INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, reason, data)
        SELECT $1, 'step_failed', f.function_name, $2, $5 ->> 'message',
               jsonb_strip_nulls(jsonb_build_object('attempt', f.attempts, 'retry_in_seconds', extract(epoch FROM $6), 'traceparent', $8))
        FROM failed f
        RETURNING seq
        """;

    private const string EndSql =
        """
        WITH ended AS (
            UPDATE openclaw_system.workflow_status
            SET status = $5, error = $6, executor_id = NULL, updated_at = clock_timestamp(), completed_at = clock_timestamp()
            WHERE workflow_uuid = $1 AND status IN ('ENQUEUED', 'PENDING')
              AND CASE WHEN $3::int IS NULL THEN executor_id IS NULL ELSE executor_id = $2 AND lease_epoch = $3 END
            RETURNING workflow_uuid, next_step
        ), failed AS (
            UPDATE openclaw_system.operation_outputs o
            SET failures = o.failures + 1, error = $6
            FROM ended e
            WHERE $4 AND o.workflow_uuid = e.workflow_uuid AND o.function_id = e.next_step
            RETURNING o.function_name, o.attempts
        ), uncounted AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts - 1
            FROM ended e
            WHERE $10 AND o.workflow_uuid = e.workflow_uuid AND o.function_id = e.next_step
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, reason, data)
            SELECT $1, 'step_failed', f.function_name, $2, $6 ->> 'message', jsonb_strip_nulls(jsonb_build_object('attempt', f.attempts, 'traceparent', $9)) FROM failed f
            UNION ALL
            SELECT $1, $7, NULL, $8, $6 ->> 'message', NULL FROM ended e
        )
        SELECT workflow_uuid FROM ended
        """;

    private const string ReleaseSql =
        """
        WITH released AS (
            UPDATE openclaw_system.workflow_status
            SET executor_id = NULL, updated_at = now(),
                due_at = CASE WHEN queue IS NULL THEN due_at ELSE least(now() + $4, deadline_at) END
            WHERE workflow_uuid = $1 AND executor_id = $2 AND lease_epoch = $3
            RETURNING workflow_uuid, next_step
        )
        UPDATE openclaw_system.operation_outputs o
        SET attempts = o.attempts - 1
        FROM released r
        WHERE o.workflow_uuid = r.workflow_uuid AND o.function_id = r.next_step
        RETURNING o.attempts
        """;

    // By the key's prefix; a run has a handful of events.
    private const string FailingSql =
        """
        SELECT coalesce(now() - min(created_at), interval '0') FROM openclaw_system.workflow_events
        WHERE workflow_uuid = $1 AND step = $2 AND kind = 'step_failed'
          AND seq > coalesce((SELECT max(seq) FROM openclaw_system.workflow_events WHERE workflow_uuid = $1 AND kind = 'resumed'), 0)
        """;

    private const string FreeOwnSql =
        """
        WITH freed AS (
            UPDATE openclaw_system.workflow_status
            SET executor_id = NULL, lease_epoch = lease_epoch + 1, updated_at = now(), due_at = CASE WHEN queue IS NULL THEN due_at ELSE now() END
            WHERE workflow_uuid = $1 AND executor_id = $2
            RETURNING workflow_uuid, next_step
        )
        UPDATE openclaw_system.operation_outputs o
        SET attempts = greatest(o.attempts - 1, 0)
        FROM freed f
        WHERE o.workflow_uuid = f.workflow_uuid AND o.function_id = f.next_step
        RETURNING o.attempts
        """;

    /// <summary>Records a failed attempt and gives the lease back until the next one.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public async Task RetryAsync(StepClaim claim, WorkflowError error, TimeSpan delay, CancellationToken cancellationToken)
    {
        var written = await AnyAsync(
            RetrySql,
            [Uuid(claim.WorkflowUuid), Text(_executor.Id), Int(claim.Epoch), Int(claim.StepIndex), Json(WorkflowJson.Write(error)), Interval(delay), Interval(Patience), Text(Activity.Current?.Id)],
            cancellationToken);

        if (!written)
        {
            throw new LeaseLostException(claim);
        }
    }

    /// <summary>How long ago the step failed for the first time since the run was started, or resumed.</summary>
    internal Task<TimeSpan> FailingForAsync(StepClaim claim, CancellationToken cancellationToken) => ReadAsync(
        FailingSql,
        [Uuid(claim.WorkflowUuid), Text(claim.StepName)],
        async (reader, token) => await reader.ReadAsync(token) ? reader.GetTimeSpan(0) : TimeSpan.Zero,
        cancellationToken);

    /// <summary>Gives the lease back unused, as if the step had not been started: its time has not come, or the process is stopping.</summary>
    /// <param name="claim">The lease.</param>
    /// <param name="dueAfter">When an inline run is looked at again; a chained one has a job for that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ReleaseAsync(StepClaim claim, TimeSpan dueAfter, CancellationToken cancellationToken) => AnyAsync(
        ReleaseSql,
        [Uuid(claim.WorkflowUuid), Text(_executor.Id), Int(claim.Epoch), Interval(dueAfter)],
        cancellationToken);

    /// <summary>Frees a run that this process holds and does not work on. An inline one is due at once; a chained one has a job, or gets one. The attempt does not count: no process died of it.</summary>
    internal Task FreeOwnAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        AnyAsync(FreeOwnSql, [Uuid(workflowUuid), Text(_executor.Id)], cancellationToken);

    /// <summary>Ends the run that this process holds.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    internal async Task EndAsync(
        StepClaim claim, WorkflowStatus status, WorkflowError error, StepEnd step, CancellationToken cancellationToken)
    {
        if (!await EndAsync(claim.WorkflowUuid, claim.Epoch, status, error, step, _executor.Id, cancellationToken))
        {
            throw new LeaseLostException(claim);
        }
    }

    /// <summary>Ends a run that nobody holds; false when it is held, or has ended already.</summary>
    internal Task<bool> EndIdleAsync(
        Guid workflowUuid, WorkflowStatus status, WorkflowError error, string actor, CancellationToken cancellationToken) =>
        EndAsync(workflowUuid, epoch: null, status, error, StepEnd.Stopped, actor, cancellationToken);

    private Task<bool> EndAsync(
        Guid workflowUuid, int? epoch, WorkflowStatus status, WorkflowError error, StepEnd step, string actor, CancellationToken cancellationToken)
    {
        var kind = status switch
        {
            WorkflowStatus.Cancelled => WorkflowEventKind.Cancelled,
            WorkflowStatus.RetriesExceeded => WorkflowEventKind.RetriesExceeded,
            _ => WorkflowEventKind.Failed,
        };
        return AnyAsync(
            EndSql,
            [
                Uuid(workflowUuid), Text(_executor.Id), Int(epoch),
                Bool(step is StepEnd.Failed), Text(EnumText.ToUpper(status)), Json(WorkflowJson.Write(error)), Text(kind), Text(actor), Text(Activity.Current?.Id),
                Bool(step is StepEnd.NeverBegan),
            ],
            cancellationToken);
    }
}
