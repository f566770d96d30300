namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    // One statement checkpoints a step, starts the next one when the same process goes on with it, and ends the run
    // after the last. The lease in the WHERE clause fences out a worker that was taken for dead.
    private const string CompleteSql =
        """
        WITH advanced AS (
            UPDATE openclaw_system.workflow_status
            SET next_step = next_step + 1, updated_at = clock_timestamp(),
                executor_id = CASE WHEN $7 THEN executor_id END,
                status = CASE WHEN $6 THEN 'SUCCESS' ELSE status END,
                output = CASE WHEN $6 THEN $5 ELSE output END,
                completed_at = CASE WHEN $6 THEN clock_timestamp() END
            WHERE workflow_uuid = $1 AND executor_id = $2 AND lease_epoch = $3 AND next_step = $4
            RETURNING workflow_uuid, cancel_requested_at
        ), completed AS (
            UPDATE openclaw_system.operation_outputs o
            SET output = $5, error = NULL, completed_at = clock_timestamp()
            FROM advanced a
            WHERE o.workflow_uuid = a.workflow_uuid AND o.function_id = $4
            RETURNING o.function_name, o.attempts
        ), started AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts + 1, lease_epoch = $3, executor_id = $2, job_id = $8, started_at = clock_timestamp()
            FROM advanced a
            WHERE $7 AND o.workflow_uuid = a.workflow_uuid AND o.function_id = $4 + 1
            RETURNING o.function_name, o.attempts, o.failures
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, data)
            SELECT $1, 'step_completed', c.function_name, $2, jsonb_build_object('attempt', c.attempts) FROM completed c
            UNION ALL
            SELECT $1, 'succeeded', NULL, $2, NULL FROM completed c WHERE $6
        )
        SELECT a.cancel_requested_at IS NOT NULL, s.function_name, s.attempts, s.failures
        FROM advanced a LEFT JOIN started s ON true
        """;

    /// <summary>Writes the step's checkpoint and gives the lease back.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public Task CompleteAsync(StepClaim claim, string? output, bool last, CancellationToken cancellationToken) =>
        CompleteAsync(claim, output, last, keepLease: false, cancellationToken);

    /// <summary>Writes the step's checkpoint and starts the next step in the same statement.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public async Task<(StepClaim Next, bool CancelRequested)> CompleteAndContinueAsync(
        StepClaim claim, string? output, CancellationToken cancellationToken)
    {
        var (next, cancelRequested) = await CompleteAsync(claim, output, last: false, keepLease: true, cancellationToken);
        return (next ?? throw new LeaseLostException(claim), cancelRequested);
    }

    private Task<(StepClaim? Next, bool CancelRequested)> CompleteAsync(
        StepClaim claim, string? output, bool last, bool keepLease, CancellationToken cancellationToken) => ReadAsync(
        CompleteSql,
        [Uuid(claim.WorkflowUuid), Text(executor.Id), Int(claim.Epoch), Int(claim.StepIndex), Json(output), Bool(last), Bool(keepLease), Text(claim.JobId)],
        async (reader, token) =>
        {
            if (!await reader.ReadAsync(token))
            {
                throw new LeaseLostException(claim);
            }

            var next = await reader.IsDBNullAsync(1, token) ? null : claim with
            {
                StepIndex = claim.StepIndex + 1,
                StepName = reader.GetString(1),
                Attempt = reader.GetInt32(2),
                Failures = reader.GetInt32(3),
            };
            return (next, reader.GetBoolean(0));
        },
        cancellationToken);
}
