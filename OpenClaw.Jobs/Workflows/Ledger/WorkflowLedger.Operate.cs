using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Monitoring;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    private const string RequestCancelSql =
        """
        WITH requested AS (
            UPDATE openclaw_system.workflow_status
            SET cancel_requested_at = coalesce(cancel_requested_at, now()), updated_at = now()
            WHERE workflow_uuid = $1 AND status IN ('ENQUEUED', 'PENDING')
            RETURNING workflow_uuid
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor, reason) SELECT workflow_uuid, 'cancel_requested', $2, $3 FROM requested
        ), audited AS (
            INSERT INTO openclaw.audit_log (actor, action, subject, detail) SELECT $2, 'workflow.cancel', 'workflow:' || workflow_uuid, $3 FROM requested
        )
        SELECT workflow_uuid FROM requested
        """;

    // A run that ended is in the figures of the monitor, and will be once more when it ends again: it is taken out.
    private const string ReopenSql =
        $"""
        WITH ended AS (
            SELECT w.workflow_uuid, w.name, w.status, w.completed_at,
                   {WorkflowMetrics.BucketSql} AS bucket, {WorkflowMetrics.DurationBucketSql} AS duration_bucket, {WorkflowMetrics.MillisecondsSql} AS ms
            FROM openclaw_system.workflow_status w
            WHERE w.workflow_uuid = $1
        ), reopened AS (
            UPDATE openclaw_system.workflow_status
            SET status = 'ENQUEUED', error = NULL, completed_at = NULL, cancel_requested_at = NULL, executor_id = NULL,
                lease_epoch = lease_epoch + 1, updated_at = now(), due_at = now() + $3, deadline_at = now() + (deadline_at - created_at)
            WHERE workflow_uuid = $1 AND status IN ('ERROR', 'RETRIES_EXCEEDED', 'CANCELLED')
            RETURNING workflow_uuid, next_step
        ), uncounted AS (
            UPDATE openclaw.workflow_metrics m
            SET runs = m.runs - 1, total_ms = m.total_ms - e.ms
            FROM reopened r JOIN ended e USING (workflow_uuid), openclaw.workflow_metrics_progress p
            WHERE e.completed_at < p.counted_until AND m.bucket = {WorkflowMetrics.CountedSql} AND m.name = e.name
              AND m.status = e.status AND m.duration_bucket = e.duration_bucket
        ), audited AS (
            INSERT INTO openclaw.audit_log (actor, action, subject) SELECT $2, 'workflow.resume', 'workflow:' || workflow_uuid FROM reopened
        ), step AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = 0, failures = 0, error = NULL
            FROM reopened r
            WHERE o.workflow_uuid = r.workflow_uuid AND o.function_id = r.next_step
            RETURNING o.function_name
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor)
            SELECT $1, 'resumed', s.function_name, $2 FROM step s
        )
        SELECT workflow_uuid FROM reopened
        """;

    private const string AuditRecoverSql = "INSERT INTO openclaw.audit_log (actor, action, subject) VALUES ($2, 'workflow.recover', 'workflow:' || $1::uuid)";

    private const string LogSql =
        "INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor, reason) VALUES ($1, $2, $3, $4)";

    private const string CountReenqueuedSql =
        """
        SELECT count(*)::int FROM openclaw_system.workflow_events
        WHERE workflow_uuid = $1 AND kind = 'reenqueued'
          AND seq > coalesce((SELECT max(seq) FROM openclaw_system.workflow_events WHERE workflow_uuid = $1 AND kind IN ('step_completed', 'step_failed', 'resumed')), 0)
        """;

    /// <summary>Asks for a run's end at its next step boundary; false when it has ended.</summary>
    internal Task<bool> RequestCancelAsync(Guid workflowUuid, string actor, string? reason, CancellationToken cancellationToken) =>
        AnyAsync(RequestCancelSql, [Uuid(workflowUuid), Text(actor), Text(reason)], cancellationToken);

    /// <summary>Opens a run that ended without success, at the step that failed; false when it did not.</summary>
    /// <remarks>In a transaction: what it locks first must stay locked.</remarks>
    internal async Task<bool> ReopenAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken)
    {
        // Before the run is read, as counting does.
        await AnyAsync(WorkflowMetrics.LockSql, [], cancellationToken);
        return await AnyAsync(ReopenSql, [Uuid(workflowUuid), Text(actor), Interval(Patience)], cancellationToken);
    }

    /// <summary>Writes down who asked for a run to be got going.</summary>
    internal Task AuditRecoverAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken) =>
        AnyAsync(AuditRecoverSql, [Uuid(workflowUuid), Text(actor)], cancellationToken);

    /// <summary>How often the job of the run's next step was put back or created anew since the run has moved.</summary>
    internal async Task<int> CountReenqueuedAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        (await ListAsync(CountReenqueuedSql, [Uuid(workflowUuid)], row => row.GetInt32(0), cancellationToken))[0];

    internal Task LogReenqueuedAsync(Guid workflowUuid, string reason, CancellationToken cancellationToken) => AnyAsync(
        LogSql, [Uuid(workflowUuid), Text(WorkflowEventKind.Reenqueued), Text(_executor.Id), Text(reason)], cancellationToken);
}
