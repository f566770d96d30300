using Npgsql;
using NpgsqlTypes;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Workflows.Execution;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    // The start is counted here, before the step's code runs: a step that kills its process cannot loop uncounted.
    // A lease of this very process is taken over, because the caller has made sure that nothing here runs the workflow:
    // it is left from an attempt whose last write did not reach the database.
    // The open states come as a parameter: as constants they would lead the planner to the index of open runs, which is
    // full of what has been open.
    private const string ClaimSql =
        """
        WITH request AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bool[]) AS r (workflow_uuid, step, job_id, suspect_too)
        ), claimed AS (
            UPDATE openclaw_system.workflow_status w
            SET status = 'PENDING', executor_id = $1, lease_epoch = w.lease_epoch + 1,
                started_at = coalesce(w.started_at, now()), updated_at = now(),
                due_at = CASE WHEN w.due_at < now() + $6 THEN now() + 2 * $6 ELSE w.due_at END
            FROM request r, openclaw_system.operation_outputs o
            WHERE w.workflow_uuid = r.workflow_uuid AND w.workflow_uuid = ANY ($2) AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
              AND (r.step IS NULL OR o.function_name = r.step)
              AND w.status = ANY ($8) AND w.cancel_requested_at IS NULL
              AND (w.executor_id IS NULL OR w.executor_id = $1)
              AND (r.suspect_too OR o.attempts - o.failures < $7)
            RETURNING w.workflow_uuid, w.name, w.version, w.agent_id, w.owner, w.request, w.traceparent, w.lease_epoch, w.created_at, w.deadline_at,
                      o.function_id, o.function_name, r.job_id
        ), started AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts + 1, lease_epoch = c.lease_epoch, executor_id = $1, job_id = c.job_id, started_at = now()
            FROM claimed c
            WHERE o.workflow_uuid = c.workflow_uuid AND o.function_id = c.function_id
            RETURNING o.workflow_uuid, o.attempts, o.failures
        )
        SELECT c.workflow_uuid, c.name, c.version, c.agent_id, c.owner, c.request, c.traceparent, c.function_id, c.function_name,
               s.attempts, s.failures, c.lease_epoch, c.job_id, clock_timestamp() - c.created_at, coalesce(c.deadline_at < now(), false)
        FROM claimed c JOIN started s ON s.workflow_uuid = c.workflow_uuid
        """;

    private static readonly string[] Open = [EnumText.ToUpper(WorkflowStatus.Enqueued), EnumText.ToUpper(WorkflowStatus.Pending)];

    private const string RefusalSql =
        """
        SELECT w.status, w.cancel_requested_at IS NOT NULL AND w.executor_id IS NULL, o.completed_at IS NOT NULL,
               CASE WHEN w.executor_id IS NULL AND ($2 IS NULL OR n.function_name = $2) THEN coalesce(n.attempts - n.failures, 0) ELSE 0 END
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
    public async Task<(StepClaim? Claim, RefusedClaim Refusal)> ClaimAsync(
        Guid workflowUuid, string? step, string jobId, bool suspectToo, CancellationToken cancellationToken)
    {
        var claim = await _claims.WriteAsync(new ClaimRequest(workflowUuid, step, jobId, suspectToo));
        return claim is not null ? (claim, default) : (null, await RefusalAsync(workflowUuid, step, cancellationToken));
    }

    // This process runs a workflow once at a time, so no two of the requests are for the same.
    private async Task<IReadOnlyList<StepClaim?>> ClaimAsync(IReadOnlyList<ClaimRequest> requests, CancellationToken cancellationToken)
    {
        var claims = await ReadByKeyAsync(
            ClaimSql,
            [
                Text(_executor.Id),
                new() { Value = requests.Select(request => request.WorkflowUuid).ToArray() },
                new() { Value = requests.Select(request => request.Step).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = requests.Select(request => request.JobId).ToArray() },
                new() { Value = requests.Select(request => request.SuspectToo).ToArray() },
                Interval(Patience), Int(Suspects.MinInterruptions), new() { Value = Open },
            ],
            ReadClaim,
            cancellationToken);
        var claimed = claims.ToDictionary(claim => claim.WorkflowUuid);
        return [.. requests.Select(request => claimed.GetValueOrDefault(request.WorkflowUuid))];
    }

    private static StepClaim ReadClaim(NpgsqlDataReader row) => new(
        WorkflowUuid: row.GetGuid(0),
        WorkflowName: row.GetString(1),
        WorkflowVersion: row.GetInt32(2),
        AgentId: row.IsDBNull(3) ? null : row.GetGuid(3),
        Owner: row.GetString(4),
        Request: row.GetString(5),
        Traceparent: row.IsDBNull(6) ? null : row.GetString(6),
        StepIndex: row.GetInt32(7),
        StepName: row.GetString(8),
        Attempt: row.GetInt32(9),
        Failures: row.GetInt32(10),
        Epoch: row.GetInt32(11),
        JobId: row.GetString(12))
    {
        AgeAtClaim = row.GetTimeSpan(13),
        PastDeadline = row.GetBoolean(14),
    };

    private Task<RefusedClaim> RefusalAsync(Guid workflowUuid, string? step, CancellationToken cancellationToken) => ReadAsync(
        RefusalSql,
        [Uuid(workflowUuid), Text(step)],
        async (reader, token) =>
        {
            if (!await reader.ReadAsync(token))
            {
                return new RefusedClaim(ClaimRefusal.Unknown, 0);
            }

            var interruptions = reader.GetInt32(3);
            var why = EnumText.Parse<WorkflowStatus>(reader.GetString(0)) switch
            {
                WorkflowStatus.Success => ClaimRefusal.Done,
                _ when reader.GetBoolean(2) => ClaimRefusal.Done,
                WorkflowStatus.Enqueued or WorkflowStatus.Pending =>
                    reader.GetBoolean(1) ? ClaimRefusal.CancelRequested
                    : interruptions >= Suspects.MinInterruptions ? ClaimRefusal.Suspect
                    : ClaimRefusal.NotNow,
                _ => ClaimRefusal.Ended,
            };
            return new RefusedClaim(why, interruptions);
        },
        cancellationToken);

    private sealed record ClaimRequest(Guid WorkflowUuid, string? Step, string JobId, bool SuspectToo);
}
