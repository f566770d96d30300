using Npgsql;
using NpgsqlTypes;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Execution;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    // How long a process must have served before it starts a suspect: where each life is shorter, innocent and guilty would
    // be counted out alike. A run is freed as often as its step was interrupted, or more often.
    private static readonly string ProbationSql =
        $"interval '{ExecutorIdentity.Probation.TotalSeconds:0} seconds' * power(2, least(recovery_attempts, {StepRunner.MaxInterruptions - 1}) - {StepRunner.InterruptedFrom})";

    // The start is counted here, before the step's code runs: a step that kills its process cannot loop uncounted.
    // A lease of this very process is taken over, because the caller has made sure that nothing here runs the workflow:
    // it is left from an attempt whose last write did not reach the database.
    // The open states come as a parameter: as constants they would lead the planner to the index of open runs, which is
    // full of what has been open.
    private static readonly string ClaimSql =
        $"""
        WITH request AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) AS r (workflow_uuid, step, job_id)
        ), claimed AS (
            UPDATE openclaw_system.workflow_status w
            SET status = 'PENDING', executor_id = $1, lease_epoch = w.lease_epoch + 1,
                started_at = coalesce(w.started_at, now()), updated_at = now(),
                due_at = CASE WHEN w.due_at < now() + $5 THEN now() + 2 * $5 ELSE w.due_at END
            FROM request r, openclaw_system.operation_outputs o
            WHERE w.workflow_uuid = r.workflow_uuid AND w.workflow_uuid = ANY ($2) AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
              AND (r.step IS NULL OR o.function_name = r.step)
              AND w.status = ANY ($6) AND w.cancel_requested_at IS NULL
              AND (w.executor_id IS NULL OR w.executor_id = $1)
              AND (w.not_before IS NULL OR (w.not_before <= now() AND {ProbationSql} <= $7))
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
               s.attempts, s.failures, c.lease_epoch, c.job_id, clock_timestamp() - c.created_at, coalesce(c.deadline_at < now(), false), false, NULL
        FROM claimed c JOIN started s ON s.workflow_uuid = c.workflow_uuid
        """;

    // What a runner takes: runs of its queue that are due, the longest due first. The planner walks the index of what is due
    // and joins by key. $5 bounds the walk from below: entries of runs that were taken lie at the index's beginning until
    // they are vacuumed, 60,000 of them after a minute at full load.
    private static readonly string ClaimDueSql =
        $"""
        WITH due AS MATERIALIZED (
            SELECT workflow_uuid FROM openclaw_system.workflow_status
            WHERE queue = $2 AND executor_id IS NULL AND status IN ('ENQUEUED', 'PENDING') AND due_at > now() - $5 AND due_at <= now()
              AND (not_before IS NULL OR {ProbationSql} <= $7)
            ORDER BY due_at LIMIT $3
            FOR UPDATE SKIP LOCKED
        ), claimed AS (
            UPDATE openclaw_system.workflow_status w
            SET status = 'PENDING', executor_id = $1, lease_epoch = w.lease_epoch + 1,
                started_at = coalesce(w.started_at, now()), updated_at = now(), due_at = now() + $6
            FROM due d, openclaw_system.operation_outputs o
            WHERE w.workflow_uuid = d.workflow_uuid AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
            RETURNING w.workflow_uuid, w.name, w.version, w.agent_id, w.owner, w.request, w.traceparent, w.lease_epoch, w.created_at, w.deadline_at,
                      w.cancel_requested_at, o.function_id, o.function_name
        ), started AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts + 1, lease_epoch = c.lease_epoch, executor_id = $1, job_id = $4, started_at = now()
            FROM claimed c
            WHERE o.workflow_uuid = c.workflow_uuid AND o.function_id = c.function_id
            RETURNING o.workflow_uuid, o.attempts, o.failures
        )
        SELECT c.workflow_uuid, c.name, c.version, c.agent_id, c.owner, c.request, c.traceparent, c.function_id, c.function_name,
               s.attempts, s.failures, c.lease_epoch, $4, clock_timestamp() - c.created_at, coalesce(c.deadline_at < now(), false),
               c.cancel_requested_at IS NOT NULL,
               CASE WHEN c.function_id > 0 THEN (
                   SELECT jsonb_object_agg(e.function_name, e.output) FROM openclaw_system.operation_outputs e
                   WHERE e.workflow_uuid = c.workflow_uuid AND e.function_id < c.function_id AND e.output IS NOT NULL) END
        FROM claimed c JOIN started s ON s.workflow_uuid = c.workflow_uuid
        """;

    private static readonly string[] Open = [EnumText.ToUpper(WorkflowStatus.Enqueued), EnumText.ToUpper(WorkflowStatus.Pending)];

    private static readonly string RefusalSql =
        $"""
        SELECT w.status, w.cancel_requested_at IS NOT NULL AND w.executor_id IS NULL, o.completed_at IS NOT NULL,
               CASE WHEN w.executor_id IS NULL THEN greatest(w.not_before - now(), {ProbationSql} - $3) END
        FROM openclaw_system.workflow_status w
        LEFT JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_name = $2
        WHERE w.workflow_uuid = $1
        """;

    /// <summary>Takes the lease and starts the step, or says why not.</summary>
    /// <param name="workflowUuid">The run.</param>
    /// <param name="step">The step that the job is for; null takes whichever is next.</param>
    /// <param name="jobId">The Hangfire job.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(StepClaim? Claim, RefusedClaim Refusal)> ClaimAsync(Guid workflowUuid, string? step, string jobId, CancellationToken cancellationToken)
    {
        var claim = await _claims.WriteAsync(new ClaimRequest(workflowUuid, step, jobId));
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
                Interval(Patience), new() { Value = Open }, Interval(_executor.Served),
            ],
            ReadClaim,
            forgettable: true,
            cancellationToken);
        var claimed = claims.ToDictionary(claim => claim.WorkflowUuid);
        return [.. requests.Select(request => claimed.GetValueOrDefault(request.WorkflowUuid))];
    }

    /// <summary>Takes the leases of inline runs that are due, and starts their next steps.</summary>
    /// <param name="queue">Where they wait.</param>
    /// <param name="limit">No more than so many.</param>
    /// <param name="dueWithin">Only what has become due within this time; the rest is for a look that comes more rarely.</param>
    /// <param name="jobId">The Hangfire job of the runner.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal Task<List<StepClaim>> ClaimDueAsync(string queue, int limit, TimeSpan dueWithin, string jobId, CancellationToken cancellationToken) => ReadByKeyAsync(
        ClaimDueSql,
        [Text(_executor.Id), Text(queue), Int(limit), Text(jobId), Interval(dueWithin), Interval(HeldByRunner), Interval(_executor.Served)],
        ReadClaim,
        forgettable: true,
        cancellationToken);

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
        CancelRequested = row.GetBoolean(15),
        KnownOutputs = row.IsDBNull(16) ? null : RunOutputs.Parse(row.GetString(16)),
    };

    private Task<RefusedClaim> RefusalAsync(Guid workflowUuid, string? step, CancellationToken cancellationToken) => ReadAsync(
        RefusalSql,
        [Uuid(workflowUuid), Text(step), Interval(_executor.Served)],
        async (reader, token) =>
        {
            if (!await reader.ReadAsync(token))
            {
                return new RefusedClaim(ClaimRefusal.Unknown, TimeSpan.Zero);
            }

            var rests = reader.IsDBNull(3) ? TimeSpan.Zero : reader.GetTimeSpan(3);
            var why = EnumText.Parse<WorkflowStatus>(reader.GetString(0)) switch
            {
                WorkflowStatus.Success => ClaimRefusal.Done,
                _ when reader.GetBoolean(2) => ClaimRefusal.Done,
                WorkflowStatus.Enqueued or WorkflowStatus.Pending =>
                    reader.GetBoolean(1) ? ClaimRefusal.CancelRequested
                    : rests > TimeSpan.Zero ? ClaimRefusal.Interrupted
                    : ClaimRefusal.NotNow,
                WorkflowStatus.Cancelled => ClaimRefusal.Cancelled,
                _ => ClaimRefusal.Ended,
            };
            return new RefusedClaim(why, rests);
        },
        cancellationToken);

    private sealed record ClaimRequest(Guid WorkflowUuid, string? Step, string JobId);
}
