using NpgsqlTypes;

namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    // One statement checkpoints one step or several, starts the next one when the same process goes on with it, and ends
    // the run after the last. The lease in the WHERE clause fences out a worker that was taken for dead. Steps after the
    // first of several were not started on their own: they are counted here.
    private const string CompleteSql =
        """
        WITH advanced AS (
            UPDATE openclaw_system.workflow_status
            SET next_step = next_step + cardinality($5), updated_at = clock_timestamp(),
                executor_id = CASE WHEN $7 THEN executor_id END,
                status = CASE WHEN $6 THEN 'SUCCESS' ELSE status END,
                output = CASE WHEN $6 THEN $5[cardinality($5)]::jsonb ELSE output END,
                completed_at = CASE WHEN $6 THEN clock_timestamp() END
            WHERE workflow_uuid = $1 AND executor_id = $2 AND lease_epoch = $3 AND next_step = $4
            RETURNING workflow_uuid, cancel_requested_at
        ), completed AS (
            UPDATE openclaw_system.operation_outputs o
            SET output = $5[o.function_id - $4 + 1]::jsonb, error = NULL, completed_at = clock_timestamp(),
                attempts = o.attempts + CASE WHEN o.function_id > $4 THEN 1 ELSE 0 END, started_at = CASE WHEN o.function_id > $4 THEN now() ELSE o.started_at END,
                lease_epoch = $3, executor_id = $2, job_id = $8
            FROM advanced a
            WHERE o.workflow_uuid = a.workflow_uuid AND o.function_id >= $4 AND o.function_id < $4 + cardinality($5)
            RETURNING o.function_id, o.function_name, o.attempts
        ), started AS (
            UPDATE openclaw_system.operation_outputs o
            SET attempts = o.attempts + 1, lease_epoch = $3, executor_id = $2, job_id = $8, started_at = clock_timestamp()
            FROM advanced a
            WHERE $7 AND o.workflow_uuid = a.workflow_uuid AND o.function_id = $4 + cardinality($5)
            RETURNING o.function_name, o.attempts, o.failures
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, data)
            SELECT $1, kind, step, $2, data FROM (
                SELECT c.function_id AS position, 'step_completed' AS kind, c.function_name AS step, jsonb_build_object('attempt', c.attempts) AS data FROM completed c
                UNION ALL
                SELECT 1 << 30, 'succeeded', NULL, NULL FROM advanced a WHERE $6
            ) happened ORDER BY position
        )
        SELECT a.cancel_requested_at IS NOT NULL, s.function_name, s.attempts, s.failures
        FROM advanced a LEFT JOIN started s ON true
        """;

    /// <summary>Writes the checkpoint of a chained run's step and gives the lease back.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public Task CompleteAsync(StepClaim claim, string? output, bool last, CancellationToken cancellationToken) =>
        CompleteAsync(claim, [output], last, keepLease: false, cancellationToken);

    /// <summary>Writes the checkpoints of one or more steps of an inline run and, if they are not the last, starts the next in the same statement.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public Task<(StepClaim? Next, bool CancelRequested)> CompleteAndContinueAsync(
        StepClaim claim, IReadOnlyList<string?> outputs, bool last, CancellationToken cancellationToken) =>
        CompleteAsync(claim, outputs, last, keepLease: !last, cancellationToken);

    private Task<(StepClaim? Next, bool CancelRequested)> CompleteAsync(
        StepClaim claim, IReadOnlyList<string?> outputs, bool last, bool keepLease, CancellationToken cancellationToken) => ReadAsync(
        CompleteSql,
        [
            Uuid(claim.WorkflowUuid), Text(executor.Id), Int(claim.Epoch), Int(claim.StepIndex), new() { Value = outputs.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            Bool(last), Bool(keepLease), Text(claim.JobId),
        ],
        async (reader, token) =>
        {
            if (!await reader.ReadAsync(token))
            {
                throw new LeaseLostException(claim);
            }

            if (!keepLease)
            {
                return (null, false);
            }

            var next = claim with
            {
                StepIndex = claim.StepIndex + outputs.Count,
                StepName = reader.GetString(1),
                Attempt = reader.GetInt32(2),
                Failures = reader.GetInt32(3),
            };
            return ((StepClaim?)next, reader.GetBoolean(0));
        },
        cancellationToken);
}
