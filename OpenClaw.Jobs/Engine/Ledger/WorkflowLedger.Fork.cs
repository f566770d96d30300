using OpenClaw.Data.Security;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    // The fork takes over what the steps before had put out. It may start only where these are done.
    private const string ForkSql =
        """
        WITH source AS (
            SELECT w.*, o.function_id AS first_step, o.function_name AS first_name
            FROM openclaw_system.workflow_status w
            JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_name = $3
            WHERE w.workflow_uuid = $1 AND w.status NOT IN ('ENQUEUED', 'PENDING') AND o.function_id <= w.next_step
        ), forked AS (
            INSERT INTO openclaw_system.workflow_status
                (workflow_uuid, name, version, mode, status, agent_id, owner, request, next_step, parent_uuid, forked_from, queue, due_at, deadline_at)
            SELECT $2, s.name, s.version, s.mode, 'ENQUEUED', s.agent_id, s.owner, s.request, s.first_step, s.parent_uuid, s.workflow_uuid,
                   s.queue, CASE WHEN s.queue IS NULL THEN now() + $5 ELSE now() END, now() + (s.deadline_at - s.created_at)
            FROM source s
            RETURNING workflow_uuid, next_step
        ), steps AS (
            INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, output, completed_at)
            SELECT f.workflow_uuid, o.function_id, o.function_name,
                   CASE WHEN o.function_id < f.next_step THEN o.output END, CASE WHEN o.function_id < f.next_step THEN o.completed_at END
            FROM forked f, openclaw_system.operation_outputs o
            WHERE o.workflow_uuid = $1
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, data)
            SELECT f.workflow_uuid, 'enqueued', $3, $4, jsonb_build_object('forked_from', $1) FROM forked f
            UNION ALL
            SELECT $1, 'forked', $3, $4, jsonb_build_object('fork', $2) FROM forked f
        ), audited AS (
            INSERT INTO openclaw.audit_log (actor, action, subject, detail, address, credential, trace_id)
            SELECT $4, 'workflow.fork', 'workflow:' || s.workflow_uuid, 'from ' || $3 || ' as ' || f.workflow_uuid, $6 ->> 'address', $6 ->> 'credential', $6 ->> 'trace_id' FROM forked f, source s
        )
        SELECT f.next_step, s.name, s.version FROM forked f, source s
        """;

    /// <summary>Writes a new run that begins at a step of one that has ended; null when that step was not reached.</summary>
    internal Task<ForkedWorkflow?> ForkAsync(Guid source, Guid fork, string step, string actor, CancellationToken cancellationToken) => ReadAsync(
        ForkSql,
        [Uuid(source), Uuid(fork), Text(step), Text(actor), Interval(Patience), Json(AuditOrigin.ToJson())],
        async (reader, token) => await reader.ReadAsync(token) ? new ForkedWorkflow(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)) : null,
        cancellationToken);
}

/// <summary>Where a fork begins, and by which definition it runs.</summary>
internal sealed record ForkedWorkflow(int FirstStep, string Name, int Version);
