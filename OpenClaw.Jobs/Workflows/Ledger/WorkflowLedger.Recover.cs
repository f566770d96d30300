using OpenClaw.Jobs.Workflows.Execution;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Workflows.Ledger;

public sealed partial class WorkflowLedger
{
    private const string BeatSql =
        """
        INSERT INTO openclaw_system.executors (executor_id, node, pid, version) VALUES ($1, $2, $3, $4)
        ON CONFLICT (executor_id) DO UPDATE SET beat_at = now(), stopped_at = NULL, stop_reason = NULL
        """;

    private const string CancelRequestsSql =
        """
        SELECT workflow_uuid FROM openclaw_system.workflow_status
        WHERE status = 'PENDING' AND executor_id = $1 AND cancel_requested_at IS NOT NULL
        """;

    // One set-based statement: of several processes that find the same executor dead, one frees each of its runs.
    // The node's place (machine and port) can have one process only, so an older executor of the own node is dead
    // for certain; of others the silence must do.
    private const string RecoverSql =
        """
        WITH dead AS (
            UPDATE openclaw_system.executors e
            SET stopped_at = now(), stop_reason = CASE WHEN e.executor_id = $1 THEN 'stopped' ELSE 'declared dead by ' || $1 END
            WHERE e.stopped_at IS NULL
              AND CASE WHEN $4 THEN e.executor_id = $1
                       ELSE e.executor_id <> $1 AND (e.beat_at < now() - $3 OR (e.node = $2 AND e.started_at < (SELECT started_at FROM openclaw_system.executors WHERE executor_id = $1))) END
            RETURNING e.executor_id, now() - e.beat_at AS silence
        ), freed AS (
            UPDATE openclaw_system.workflow_status w
            SET executor_id = NULL, lease_epoch = w.lease_epoch + 1, recovery_attempts = w.recovery_attempts + 1, updated_at = now(), due_at = now()
            FROM dead d
            WHERE w.status = 'PENDING' AND w.executor_id = d.executor_id
            RETURNING w.workflow_uuid, w.next_step, d.executor_id
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, reason, data)
            SELECT f.workflow_uuid, 'step_interrupted', o.function_name, $1, 'Its process ' || f.executor_id || ' is gone.',
                   jsonb_build_object('attempt', o.attempts)
            FROM freed f JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = f.workflow_uuid AND o.function_id = f.next_step
        )
        SELECT d.executor_id, (SELECT count(*)::int FROM freed f WHERE f.executor_id = d.executor_id), d.silence FROM dead d
        """;

    private const string LiveSql =
        "SELECT executor_id FROM openclaw_system.executors WHERE stopped_at IS NULL AND beat_at > now() - $1";

    private const string EarlierSql =
        """
        SELECT data ->> 'traceparent', kind = 'step_interrupted', now() - created_at FROM openclaw_system.workflow_events
        WHERE workflow_uuid = $1 AND step = $2 AND kind IN ('step_failed', 'step_interrupted')
        ORDER BY seq DESC LIMIT 10
        """;

    private const string DueSql =
        """
        WITH due AS (
            SELECT workflow_uuid FROM openclaw_system.workflow_status
            WHERE status IN ('ENQUEUED', 'PENDING') AND due_at < now()
            ORDER BY due_at LIMIT $2
            FOR UPDATE SKIP LOCKED
        )
        UPDATE openclaw_system.workflow_status w
        SET due_at = now() + $1 * (1 + random())
        FROM due d, openclaw_system.operation_outputs o
        WHERE w.workflow_uuid = d.workflow_uuid AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
        RETURNING w.workflow_uuid, w.name, w.version, w.next_step, o.job_id, w.executor_id,
                  coalesce(w.deadline_at < now(), false), w.cancel_requested_at IS NOT NULL
        """;

    private const string OneSql =
        """
        SELECT w.workflow_uuid, w.name, w.version, w.next_step, o.job_id, w.executor_id,
               coalesce(w.deadline_at < now(), false), w.cancel_requested_at IS NOT NULL
        FROM openclaw_system.workflow_status w
        JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
        WHERE w.workflow_uuid = $1 AND w.status IN ('ENQUEUED', 'PENDING')
        """;

    /// <summary>Says that this process is alive, also when it had been taken for dead.</summary>
    internal Task BeatAsync(CancellationToken cancellationToken) => AnyAsync(
        BeatSql,
        [Text(_executor.Id), Text(_executor.Node), Int(Environment.ProcessId), Text(typeof(WorkflowLedger).Assembly.GetName().Version?.ToString(3))],
        cancellationToken);

    /// <summary>Runs that this process holds and somebody wants cancelled.</summary>
    internal Task<List<Guid>> CancelRequestsAsync(CancellationToken cancellationToken) =>
        ListAsync(CancelRequestsSql, [Text(_executor.Id)], row => row.GetGuid(0), cancellationToken);

    /// <summary>Declares executors dead that are silent for longer than <paramref name="silence"/>, and frees their runs.</summary>
    internal Task<List<DeadExecutor>> RecoverDeadAsync(TimeSpan silence, CancellationToken cancellationToken) =>
        RecoverAsync(silence, goodbye: false, cancellationToken);

    /// <summary>Tells of a Hangfire server id whether its process is alive.</summary>
    internal async Task<Func<string, bool>> LivenessAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var alive = await ListAsync(LiveSql, [Interval(silence)], row => row.GetString(0), cancellationToken);
        return server => alive.Exists(id => ExecutorIdentity.Owns(id, server));
    }

    /// <summary>Says goodbye: this process runs nothing any more.</summary>
    internal Task GoodbyeAsync(CancellationToken cancellationToken) => RecoverAsync(TimeSpan.Zero, goodbye: true, cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> runs on which nothing has moved by their due time.</summary>
    internal Task<List<DueWorkflow>> TakeDueAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(DueSql, [Interval(2 * Patience), Int(limit)], ReadDue, cancellationToken);

    /// <summary>What became of the last attempts of a step before this one, the last one first.</summary>
    internal Task<List<EarlierAttempt>> EarlierAttemptsAsync(StepClaim claim, CancellationToken cancellationToken) => ListAsync(
        EarlierSql,
        [Uuid(claim.WorkflowUuid), Text(claim.StepName)],
        row => new EarlierAttempt(row.IsDBNull(0) ? null : row.GetString(0), row.GetBoolean(1), row.GetTimeSpan(2)),
        cancellationToken);

    /// <summary>Null when the run is unknown or has ended.</summary>
    internal async Task<DueWorkflow?> FindOpenAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        (await ListAsync(OneSql, [Uuid(workflowUuid)], ReadDue, cancellationToken)).SingleOrDefault();

    private Task<List<DeadExecutor>> RecoverAsync(TimeSpan silence, bool goodbye, CancellationToken cancellationToken) => ListAsync(
        RecoverSql,
        [Text(_executor.Id), Text(_executor.Node), Interval(silence), Bool(goodbye)],
        row => new DeadExecutor(row.GetString(0), row.GetInt32(1), row.GetTimeSpan(2)),
        cancellationToken);

    private static DueWorkflow ReadDue(Npgsql.NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetBoolean(6), row.GetBoolean(7));
}

/// <summary>A process found dead, how many runs it held, and since when it had not been heard of.</summary>
internal sealed record DeadExecutor(string ExecutorId, int FreedWorkflows, TimeSpan Silence);

/// <summary>A run that has not ended, as the reconciler sees it.</summary>
internal sealed record DueWorkflow(
    Guid WorkflowUuid, string Name, int Version, int NextStep, string? JobId, string? ExecutorId, bool PastDeadline, bool CancelRequested);

/// <param name="Traceparent">Of its trace, if it was traced and could say so.</param>
/// <param name="Interrupted">Its process died.</param>
/// <param name="Ago">Since it was known to have ended.</param>
internal sealed record EarlierAttempt(string? Traceparent, bool Interrupted, TimeSpan Ago);
