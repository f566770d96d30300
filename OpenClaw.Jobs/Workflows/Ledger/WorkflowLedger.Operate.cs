using OpenClaw.Data.Workflows;

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
        )
        SELECT workflow_uuid FROM requested
        """;

    private const string ReopenSql =
        """
        WITH reopened AS (
            UPDATE openclaw_system.workflow_status
            SET status = 'ENQUEUED', error = NULL, completed_at = NULL, cancel_requested_at = NULL, executor_id = NULL,
                lease_epoch = lease_epoch + 1, updated_at = now(), due_at = now() + $3
            WHERE workflow_uuid = $1 AND status IN ('ERROR', 'RETRIES_EXCEEDED', 'CANCELLED')
            RETURNING workflow_uuid, next_step
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

    private const string LogSql =
        "INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor, reason) VALUES ($1, $2, $3, $4)";

    /// <summary>Asks for a run's end at its next step boundary; false when it has ended.</summary>
    internal Task<bool> RequestCancelAsync(Guid workflowUuid, string actor, string? reason, CancellationToken cancellationToken) =>
        AnyAsync(RequestCancelSql, [Uuid(workflowUuid), Text(actor), Text(reason)], cancellationToken);

    /// <summary>Opens a run that ended without success, at the step that failed; false when it did not.</summary>
    internal Task<bool> ReopenAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken) =>
        AnyAsync(ReopenSql, [Uuid(workflowUuid), Text(actor), Interval(Patience)], cancellationToken);

    internal Task LogReenqueuedAsync(Guid workflowUuid, string reason, CancellationToken cancellationToken) => AnyAsync(
        LogSql, [Uuid(workflowUuid), Text(WorkflowEventKind.Reenqueued), Text(_executor.Id), Text(reason)], cancellationToken);
}
