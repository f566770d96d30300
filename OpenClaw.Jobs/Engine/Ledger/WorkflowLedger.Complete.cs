using System.Transactions;
using NpgsqlTypes;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    // One statement for any number of runs: it checkpoints their steps, starts the next ones where the same process goes
    // on with them, and ends runs after their last. The lease in the WHERE clause fences out a worker that was taken for
    // dead. Steps after the first of several were not started on their own: they are counted here.
    private const string CompleteSql =
        """
        WITH checkpoint AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::bool[], $7::bool[], $8::text[])
                AS c (workflow_uuid, epoch, step, steps, last, start_next, job_id)
        ), written AS MATERIALIZED (
            SELECT * FROM unnest($9::uuid[], $10::int[], $11::text[]) AS o (workflow_uuid, function_id, output)
        ), advanced AS (
            UPDATE openclaw_system.workflow_status w
            SET next_step = w.next_step + c.steps, updated_at = clock_timestamp(),
                executor_id = CASE WHEN c.start_next THEN w.executor_id END,
                status = CASE WHEN c.last THEN 'SUCCESS' ELSE w.status END,
                output = CASE WHEN c.last THEN (SELECT o.output::jsonb FROM written o WHERE o.workflow_uuid = c.workflow_uuid ORDER BY o.function_id DESC LIMIT 1) ELSE w.output END,
                completed_at = CASE WHEN c.last THEN clock_timestamp() END
            FROM checkpoint c
            WHERE w.workflow_uuid = c.workflow_uuid AND w.workflow_uuid = ANY ($2)
              AND w.executor_id = $1 AND w.lease_epoch = c.epoch AND w.next_step = c.step
            RETURNING c.*, w.cancel_requested_at
        ), completed AS (
            UPDATE openclaw_system.operation_outputs p
            SET output = o.output::jsonb, error = NULL, completed_at = clock_timestamp(),
                attempts = p.attempts + CASE WHEN p.function_id > a.step THEN 1 ELSE 0 END,
                started_at = CASE WHEN p.function_id > a.step THEN now() ELSE p.started_at END,
                lease_epoch = a.epoch, executor_id = $1, job_id = a.job_id
            FROM advanced a JOIN written o ON o.workflow_uuid = a.workflow_uuid
            WHERE p.workflow_uuid = o.workflow_uuid AND p.function_id = o.function_id
            RETURNING p.workflow_uuid, p.function_id, p.function_name, p.attempts
        ), started AS (
            UPDATE openclaw_system.operation_outputs p
            SET attempts = p.attempts + 1, lease_epoch = a.epoch, executor_id = $1, started_at = clock_timestamp()
            FROM advanced a
            WHERE a.start_next AND p.workflow_uuid = a.workflow_uuid AND p.function_id = a.step + a.steps
            RETURNING p.workflow_uuid, p.function_name, p.attempts, p.failures
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, data)
            SELECT workflow_uuid, kind, step, $1, data FROM (
                SELECT c.workflow_uuid, c.function_id AS position, 'step_completed' AS kind, c.function_name AS step, jsonb_build_object('attempt', c.attempts) AS data FROM completed c
                UNION ALL
                SELECT a.workflow_uuid, 1 << 30, 'succeeded', NULL, NULL FROM advanced a WHERE a.last
            ) happened ORDER BY position
        )
        SELECT a.workflow_uuid, a.cancel_requested_at IS NOT NULL, s.function_name, s.attempts, s.failures
        FROM advanced a LEFT JOIN started s ON s.workflow_uuid = a.workflow_uuid
        """;

    /// <summary>
    /// Writes the checkpoint of one or more steps and starts the next step if the same process goes on with it: in the
    /// ambient transaction, or together with what others write in the same moment.
    /// </summary>
    /// <returns>The claim on the next step, if it was to be started, and whether somebody wants the run cancelled.</returns>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public async Task<(StepClaim? Next, bool CancelRequested)> CompleteAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var outcome = Transaction.Current is null
            ? await _checkpoints.WriteAsync(checkpoint)
            : (await CompleteAsync([checkpoint], cancellationToken))[0];
        return outcome.Written ? (outcome.Next, outcome.CancelRequested) : throw new LeaseLostException(checkpoint.Claim);
    }

    private async Task<IReadOnlyList<CheckpointOutcome>> CompleteAsync(IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken)
    {
        var byWorkflow = checkpoints.ToDictionary(checkpoint => checkpoint.Claim.WorkflowUuid);
        var written = (
            from checkpoint in checkpoints
            from output in checkpoint.Outputs.Index()
            select (checkpoint.Claim.WorkflowUuid, Step: checkpoint.Claim.StepIndex + output.Index, Json: output.Item)).ToList();
        var outcomes = await ReadByKeyAsync(
            CompleteSql,
            [
                Text(_executor.Id),
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Claim.WorkflowUuid).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Claim.Epoch).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Claim.StepIndex).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Outputs.Count).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Last).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.StartNext).ToArray() },
                new() { Value = checkpoints.Select(checkpoint => checkpoint.Claim.JobId).ToArray() },
                new() { Value = written.Select(output => output.WorkflowUuid).ToArray() },
                new() { Value = written.Select(output => output.Step).ToArray() },
                new() { Value = written.Select(output => output.Json).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            ],
            row => (WorkflowUuid: row.GetGuid(0), Outcome: new CheckpointOutcome(
                Written: true,
                row.IsDBNull(2) ? null : Next(byWorkflow[row.GetGuid(0)], row.GetString(2), row.GetInt32(3), row.GetInt32(4)),
                row.GetBoolean(1))),
            forgettable: false,
            cancellationToken);
        var found = outcomes.ToDictionary(outcome => outcome.WorkflowUuid, outcome => outcome.Outcome);
        return [.. checkpoints.Select(checkpoint => found.GetValueOrDefault(checkpoint.Claim.WorkflowUuid, new CheckpointOutcome(false, null, false)))];
    }

    private static StepClaim Next(Checkpoint checkpoint, string step, int attempt, int failures) => checkpoint.Claim with
    {
        StepIndex = checkpoint.Claim.StepIndex + checkpoint.Outputs.Count,
        StepName = step,
        Attempt = attempt,
        Failures = failures,
        EarlierTraces = [],
        Fresh = null,
    };
}
