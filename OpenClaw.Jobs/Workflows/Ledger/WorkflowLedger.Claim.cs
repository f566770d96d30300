using Npgsql;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    // The start is counted here, before the step's code runs: a step that kills its process cannot loop uncounted.
    // A lease of this very process is taken over, because the caller has made sure that nothing here runs the workflow:
    // it is left from an attempt whose last write did not reach the database.
    private const string ClaimSql =
        """
        WITH claimed AS (
            UPDATE openclaw_system.workflow_status w
            SET status = 'PENDING', executor_id = $3, lease_epoch = w.lease_epoch + 1,
                started_at = coalesce(w.started_at, now()), updated_at = now(),
                due_at = CASE WHEN w.due_at < now() + $5 THEN now() + 2 * $5 ELSE w.due_at END
            FROM openclaw_system.operation_outputs o
            WHERE w.workflow_uuid = $1 AND o.workflow_uuid = $1 AND o.function_id = w.next_step
              AND ($2::text IS NULL OR o.function_name = $2)
              AND w.status IN ('ENQUEUED', 'PENDING') AND w.cancel_requested_at IS NULL
              AND (w.executor_id IS NULL OR w.executor_id = $3)
              AND ($6 OR o.attempts - o.failures < $7)
            RETURNING w.workflow_uuid, w.name, w.version, w.agent_id, w.owner, w.request, w.traceparent, w.lease_epoch,
                      o.function_id, o.function_name
        ), started AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts + 1, lease_epoch = c.lease_epoch, executor_id = $3, job_id = $4, started_at = now()
            FROM claimed c
            WHERE o.workflow_uuid = c.workflow_uuid AND o.function_id = c.function_id
            RETURNING o.attempts, o.failures
        )
        SELECT c.name, c.version, c.agent_id, c.owner, c.request, c.traceparent, c.function_id, c.function_name,
               s.attempts, s.failures, c.lease_epoch
        FROM claimed c, started s
        """;

    // So many starts without an end make a step a suspect.
    private const int Suspicious = 2;

    private const string RefusalSql =
        """
        SELECT w.status, w.cancel_requested_at IS NOT NULL AND w.executor_id IS NULL, o.completed_at IS NOT NULL,
               w.executor_id IS NULL AND n.attempts - n.failures >= $3 AND ($2 IS NULL OR n.function_name = $2)
        FROM openclaw_system.workflow_status w
        LEFT JOIN openclaw_system.operation_outputs n ON n.workflow_uuid = w.workflow_uuid AND n.function_id = w.next_step
        LEFT JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_name = $2
        WHERE w.workflow_uuid = $1
        """;

    /// <summary>Takes the lease and starts the step, or says why not.</summary>
    /// <param name="workflowUuid">The run.</param>
    /// <param name="step">The step that the job is for; null takes whichever is next.</param>
    /// <param name="jobId">The Hangfire job.</param>
    /// <param name="suspectToo">Also a step that was under way when its process died, more than once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(StepClaim? Claim, ClaimRefusal Refusal)> ClaimAsync(
        Guid workflowUuid, string? step, string jobId, bool suspectToo, CancellationToken cancellationToken)
    {
        var claim = await ReadAsync(
            ClaimSql,
            [Uuid(workflowUuid), Text(step), Text(executor.Id), Text(jobId), Interval(Patience), Bool(suspectToo), Int(Suspicious)],
            async (reader, token) => await reader.ReadAsync(token) ? ReadClaim(reader, workflowUuid, jobId) : null,
            cancellationToken);

        return claim is not null ? (claim, default) : (null, await RefusalAsync(workflowUuid, step, cancellationToken));
    }

    private static StepClaim ReadClaim(NpgsqlDataReader row, Guid workflowUuid, string jobId) => new(
        workflowUuid,
        WorkflowName: row.GetString(0),
        WorkflowVersion: row.GetInt32(1),
        AgentId: row.IsDBNull(2) ? null : row.GetGuid(2),
        Owner: row.GetString(3),
        Request: row.GetString(4),
        Traceparent: row.IsDBNull(5) ? null : row.GetString(5),
        StepIndex: row.GetInt32(6),
        StepName: row.GetString(7),
        Attempt: row.GetInt32(8),
        Failures: row.GetInt32(9),
        Epoch: row.GetInt32(10),
        jobId);

    private Task<ClaimRefusal> RefusalAsync(Guid workflowUuid, string? step, CancellationToken cancellationToken) => ReadAsync(
        RefusalSql,
        [Uuid(workflowUuid), Text(step), Int(Suspicious)],
        async (reader, token) =>
        {
            if (!await reader.ReadAsync(token))
            {
                return ClaimRefusal.Unknown;
            }

            return EnumText.Parse<WorkflowStatus>(reader.GetString(0)) switch
            {
                WorkflowStatus.Success => ClaimRefusal.Done,
                _ when reader.GetBoolean(2) => ClaimRefusal.Done,
                WorkflowStatus.Enqueued or WorkflowStatus.Pending =>
                    reader.GetBoolean(1) ? ClaimRefusal.CancelRequested
                    : !reader.IsDBNull(3) && reader.GetBoolean(3) ? ClaimRefusal.Suspect
                    : ClaimRefusal.NotNow,
                _ => ClaimRefusal.Ended,
            };
        },
        cancellationToken);
}
