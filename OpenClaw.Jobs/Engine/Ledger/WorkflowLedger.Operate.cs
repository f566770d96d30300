using OpenClaw.Data.Security;
using OpenClaw.Data.Workflows;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

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
            INSERT INTO openclaw.audit_log (actor, action, subject, detail, address, credential, trace_id)
            SELECT $2, 'workflow.cancel', 'workflow:' || workflow_uuid, $3, $4 ->> 'address', $4 ->> 'credential', $4 ->> 'trace_id' FROM requested
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
                lease_epoch = lease_epoch + 1, updated_at = now(), due_at = CASE WHEN queue IS NULL THEN now() + $3 ELSE now() END, not_before = NULL, deadline_at = now() + (deadline_at - created_at)
            WHERE workflow_uuid = $1 AND status IN ('ERROR', 'RETRIES_EXCEEDED', 'CANCELLED')
            RETURNING workflow_uuid, next_step
        ), uncounted AS (
            UPDATE openclaw.workflow_metrics m
            SET runs = m.runs - 1, total_ms = m.total_ms - e.ms
            FROM reopened r JOIN ended e USING (workflow_uuid), openclaw.workflow_metrics_progress p
            WHERE e.completed_at < p.counted_until AND m.bucket = {WorkflowMetrics.CountedSql} AND m.name = e.name
              AND m.status = e.status AND m.duration_bucket = e.duration_bucket
        ), audited AS (
            INSERT INTO openclaw.audit_log (actor, action, subject, address, credential, trace_id)
            SELECT $2, 'workflow.resume', 'workflow:' || workflow_uuid, $4 ->> 'address', $4 ->> 'credential', $4 ->> 'trace_id' FROM reopened
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

    // A run that rests because its time has not come is looked at now.
    private const string WakeSql =
        """
        UPDATE openclaw_system.workflow_status w SET due_at = CASE WHEN w.queue IS NULL THEN w.due_at ELSE now() END
        FROM openclaw_system.operation_outputs o
        WHERE w.workflow_uuid = $1 AND w.status = 'PENDING' AND w.executor_id IS NULL
          AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step AND o.failures = 0
        RETURNING w.queue, o.job_id
        """;

    private const string WakeAgentSql =
        """
        WITH woken AS (
            UPDATE openclaw_system.workflow_status SET due_at = now()
            WHERE agent_id = $1 AND queue IS NOT NULL AND status = 'PENDING' AND executor_id IS NULL AND due_at > now()
            RETURNING queue
        )
        SELECT DISTINCT queue FROM woken
        """;

    private const string AuditRecoverSql =
        """
        INSERT INTO openclaw.audit_log (actor, action, subject, address, credential, trace_id)
        VALUES ($2, 'workflow.recover', 'workflow:' || $1::uuid, $3 ->> 'address', $3 ->> 'credential', $3 ->> 'trace_id')
        """;

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
        AnyAsync(RequestCancelSql, [Uuid(workflowUuid), Text(actor), Text(reason), Json(AuditOrigin.ToJson())], cancellationToken);

    /// <summary>Opens a run that ended without success, at the step that failed; false when it did not.</summary>
    /// <remarks>In a transaction: what it locks first must stay locked.</remarks>
    internal async Task<bool> ReopenAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken)
    {
        // Before the run is read, as counting does.
        await AnyAsync(WorkflowMetrics.LockSql, [], cancellationToken);
        return await AnyAsync(ReopenSql, [Uuid(workflowUuid), Text(actor), Interval(Patience), Json(AuditOrigin.ToJson())], cancellationToken);
    }

    /// <summary>Has a run that rests at a step looked at now, unless it waits for its next attempt. Null when there is nothing to wake.</summary>
    /// <returns>The queue of an inline run; the job of a chained one.</returns>
    internal Task<RestingWorkflow?> WakeAsync(Guid workflowUuid, CancellationToken cancellationToken) => ReadAsync(
        WakeSql,
        [Uuid(workflowUuid)],
        async (reader, token) => await reader.ReadAsync(token)
            ? new RestingWorkflow(reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1))
            : null,
        cancellationToken);

    /// <summary>Has the agent's inline runs looked at now that have begun and rest. Returns their queues.</summary>
    internal Task<List<string>> WakeAgentAsync(Guid agentId, CancellationToken cancellationToken) =>
        ListAsync(WakeAgentSql, [Uuid(agentId)], row => row.GetString(0), cancellationToken);

    /// <summary>Writes down who asked for a run to be got going.</summary>
    internal Task AuditRecoverAsync(Guid workflowUuid, string actor, CancellationToken cancellationToken) =>
        AnyAsync(AuditRecoverSql, [Uuid(workflowUuid), Text(actor), Json(AuditOrigin.ToJson())], cancellationToken);

    /// <summary>How often the job of the run's next step was put back or created anew since the run has moved.</summary>
    internal async Task<int> CountReenqueuedAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        (await ListAsync(CountReenqueuedSql, [Uuid(workflowUuid)], row => row.GetInt32(0), cancellationToken))[0];

    internal Task LogReenqueuedAsync(Guid workflowUuid, string reason, CancellationToken cancellationToken) => AnyAsync(
        LogSql, [Uuid(workflowUuid), Text(WorkflowEventKind.Reenqueued), Text(_executor.Id), Text(reason)], cancellationToken);
}

/// <param name="Queue">Of an inline run.</param>
/// <param name="JobId">Of the next step, if it has one.</param>
internal sealed record RestingWorkflow(string? Queue, string? JobId);
