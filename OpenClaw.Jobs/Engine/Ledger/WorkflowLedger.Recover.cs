using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    private const string BeatSql =
        """
        INSERT INTO openclaw_system.executors (executor_id, node, pid, version, holds_lock) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (executor_id) DO UPDATE SET beat_at = now(), holds_lock = excluded.holds_lock, stopped_at = NULL, stop_reason = NULL
        """;

    private const string CancelRequestsSql =
        """
        SELECT workflow_uuid FROM openclaw_system.workflow_status
        WHERE status = 'PENDING' AND executor_id = $1 AND cancel_requested_at IS NOT NULL
        """;

    // One set-based statement: of several processes that find the same executor dead, one frees each of its runs.
    // Who has missed beats is dead if its lock is free, for that ends with its process; or if it was started before this
    // one on the same node, because a restart is the likely reason; of others a longer silence must do. Who beats is alive,
    // whatever its name. What was under way more than once when its process died may be the cause, so each of these rests
    // for a random time, the longer the more often it happened, and is started only by a process that has served for some
    // seconds: started apart from each other and from what every start begins with, the guilty one is counted out and the
    // others get done. What had been at work for a while when its process died is no suspect: it begins again at once, and is
    // counted as if it had been interrupted once. A turn of an hour outlives many processes; only after very many is it one.
    private const string RecoverSql =
        $"""
        WITH dead AS (
            UPDATE openclaw_system.executors e
            SET stopped_at = now(), stop_reason = CASE WHEN e.executor_id = $1 THEN 'stopped' ELSE 'declared dead by ' || $1 END
            WHERE e.stopped_at IS NULL
              AND CASE WHEN $4 THEN e.executor_id = $1
                       ELSE e.executor_id <> $1 AND (
                           e.beat_at < now() - $3
                           OR (e.beat_at < now() - $5 AND e.node = $2 AND e.started_at < (SELECT started_at FROM openclaw_system.executors WHERE executor_id = $1))
                           OR (e.beat_at < now() - $5 AND e.holds_lock AND pg_try_advisory_xact_lock({SessionLocks.KeySql}('{SessionLocks.OfExecutors}' || e.executor_id, 0)))) END
            RETURNING e.executor_id, now() - e.beat_at AS silence, e.beat_at
        ), held AS (
            SELECT w.workflow_uuid, d.executor_id, lasting.lasting,
                   CASE WHEN NOT lasting.lasting AND o.attempts - o.failures BETWEEN $6 AND $7 THEN random() * interval '4 seconds' * power(4, o.attempts - o.failures - $6) END AS rests
            FROM dead d
            JOIN openclaw_system.workflow_status w ON w.executor_id = d.executor_id
            JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
            CROSS JOIN LATERAL (SELECT o.attempts - o.failures >= $6 AND w.recovery_attempts < $9 AND coalesce(o.started_at < d.beat_at - $8, false) AS lasting) lasting
            WHERE w.status = 'PENDING'
        ), freed AS (
            UPDATE openclaw_system.workflow_status w
            SET executor_id = NULL, lease_epoch = w.lease_epoch + 1, recovery_attempts = w.recovery_attempts + 1, updated_at = now(),
                due_at = now() + coalesce(h.rests, interval '0'), not_before = now() + h.rests
            FROM held h
            WHERE w.workflow_uuid = h.workflow_uuid AND w.executor_id = h.executor_id
            RETURNING w.workflow_uuid, w.next_step, h.executor_id, h.lasting
        ), uncounted AS (
            UPDATE openclaw_system.operation_outputs o SET attempts = o.attempts - 1 FROM freed f
            WHERE f.lasting AND o.workflow_uuid = f.workflow_uuid AND o.function_id = f.next_step
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, step, actor, reason, data)
            SELECT f.workflow_uuid, 'step_interrupted', o.function_name, $1, 'Its process ' || f.executor_id || ' is gone.',
                   jsonb_build_object('attempt', o.attempts)
            FROM freed f JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = f.workflow_uuid AND o.function_id = f.next_step
        )
        SELECT d.executor_id, (SELECT count(*)::int FROM freed f WHERE f.executor_id = d.executor_id), d.silence FROM dead d
        """;

    // A process that is frozen, or whose host is gone without a word, has its session for as long as TCP believes in it,
    // which may be hours, and with it every lock of Hangfire's that it held.
    private const string EndLocksSql =
        $"""
        SELECT pg_terminate_backend(session.pid)
        FROM pg_stat_activity session JOIN pg_locks held ON held.pid = session.pid
        JOIN openclaw_system.executors e ON (held.classid::bigint << 32) | held.objid::bigint = {SessionLocks.KeySql}('{SessionLocks.OfExecutors}' || e.executor_id, 0)
        WHERE e.stopped_at IS NOT NULL AND session.application_name = '{SessionLocks.ApplicationName}' AND session.datname = current_database()
          AND held.locktype = 'advisory' AND held.objsubid = 1
        """;

    private const string LiveSql =
        "SELECT executor_id FROM openclaw_system.executors WHERE stopped_at IS NULL AND beat_at > now() - $1";

    private const string EarlierSql =
        """
        SELECT data ->> 'traceparent', kind = 'step_interrupted', now() - created_at FROM openclaw_system.workflow_events
        WHERE workflow_uuid = $1 AND step = $2 AND kind IN ('step_failed', 'step_interrupted')
        ORDER BY seq DESC LIMIT 10
        """;

    // What another process holds it looks after itself while it lives, for it alone knows what it works on; when it is dead
    // its runs are freed. It is asked to end a run that is past its deadline.
    private const string DueSql =
        """
        WITH due AS (
            SELECT workflow_uuid FROM openclaw_system.workflow_status
            WHERE status IN ('ENQUEUED', 'PENDING') AND (queue IS NULL OR executor_id IS NOT NULL) AND due_at < now()
              AND (executor_id IS NULL OR executor_id = $3 OR deadline_at < now())
            ORDER BY due_at LIMIT $2
            FOR UPDATE SKIP LOCKED
        )
        UPDATE openclaw_system.workflow_status w
        SET due_at = now() + $1 * (1 + random())
        FROM due d, openclaw_system.operation_outputs o
        WHERE w.workflow_uuid = d.workflow_uuid AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
        RETURNING w.workflow_uuid, w.name, w.version, w.next_step, o.job_id, w.executor_id,
                  coalesce(w.deadline_at < now(), false), w.cancel_requested_at IS NOT NULL, w.queue
        """;

    private const string HeldSql =
        """
        SELECT workflow_uuid FROM openclaw_system.workflow_status
        WHERE status = 'PENDING' AND executor_id = $1 AND queue IS NOT NULL AND updated_at < now() - $2
        """;

    private const string OverdueQueuesSql =
        """
        SELECT q.name FROM unnest($1::text[]) AS q (name)
        WHERE EXISTS (
            SELECT 1 FROM openclaw_system.workflow_status w
            WHERE w.queue = q.name AND w.executor_id IS NULL AND w.status IN ('ENQUEUED', 'PENDING') AND w.due_at < now() - $2)
        """;

    private const string OneSql =
        """
        SELECT w.workflow_uuid, w.name, w.version, w.next_step, o.job_id, w.executor_id,
               coalesce(w.deadline_at < now(), false), w.cancel_requested_at IS NOT NULL, w.queue
        FROM openclaw_system.workflow_status w
        JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
        WHERE w.workflow_uuid = $1 AND w.status IN ('ENQUEUED', 'PENDING')
        """;

    /// <summary>Says that this process is alive, also when it had been taken for dead.</summary>
    /// <param name="holdsLock">It holds the lock of its name (<see cref="SessionLocks"/>).</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal Task BeatAsync(bool holdsLock, CancellationToken cancellationToken) => AnyAsync(
        BeatSql,
        [Text(_executor.Id), Text(_executor.Node), Int(Environment.ProcessId), Text(typeof(WorkflowLedger).Assembly.GetName().Version?.ToString(3)), Bool(holdsLock)],
        cancellationToken);

    /// <summary>Runs that this process holds and somebody wants cancelled.</summary>
    internal Task<List<Guid>> CancelRequestsAsync(CancellationToken cancellationToken) =>
        ListAsync(CancelRequestsSql, [Text(_executor.Id)], row => row.GetGuid(0), cancellationToken);

    /// <summary>Ends the sessions in which executors hold locks that were declared dead. One that lives after all opens another.</summary>
    internal Task EndLocksOfDeadAsync(CancellationToken cancellationToken) => ListAsync(EndLocksSql, [], row => row.GetBoolean(0), cancellationToken);

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

    /// <summary>Those of the queues in which an inline run has been due for longer than <paramref name="late"/>.</summary>
    internal Task<List<string>> OverdueQueuesAsync(IReadOnlyCollection<string> queues, TimeSpan late, CancellationToken cancellationToken) =>
        ListAsync(OverdueQueuesSql, [new() { Value = queues.ToArray() }, Interval(late)], row => row.GetString(0), cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> runs on which nothing has moved by their due time.</summary>
    internal Task<List<DueWorkflow>> TakeDueAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(DueSql, [Interval(2 * Patience), Int(limit), Text(_executor.Id)], ReadDue, cancellationToken);

    /// <summary>Inline runs that this process has held for longer than <paramref name="since"/> without a word about them.</summary>
    internal Task<List<Guid>> HeldAsync(TimeSpan since, CancellationToken cancellationToken) =>
        ListAsync(HeldSql, [Text(_executor.Id), Interval(since)], row => row.GetGuid(0), cancellationToken);

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
        [
            Text(_executor.Id), Text(_executor.Node), Interval(silence), Bool(goodbye), Interval(MissedBeats),
            Int(StepRunner.InterruptedFrom), Int(StepRunner.MaxInterruptions - 1), Interval(ExecutorIdentity.Probation), Int(StepRunner.MaxRecoveries),
        ],
        row => new DeadExecutor(row.GetString(0), row.GetInt32(1), row.GetTimeSpan(2)),
        cancellationToken);

    private static DueWorkflow ReadDue(Npgsql.NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetBoolean(6), row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetString(8));
}

/// <summary>A process found dead, how many runs it held, and since when it had not been heard of.</summary>
internal sealed record DeadExecutor(string ExecutorId, int FreedWorkflows, TimeSpan Silence);

/// <summary>A run that has not ended, as the reconciler sees it.</summary>
internal sealed record DueWorkflow(
    Guid WorkflowUuid, string Name, int Version, int NextStep, string? JobId, string? ExecutorId, bool PastDeadline, bool CancelRequested, string? Queue);

/// <param name="Traceparent">Of its trace, if it was traced and could say so.</param>
/// <param name="Interrupted">Its process died.</param>
/// <param name="Ago">Since it was known to have ended.</param>
internal sealed record EarlierAttempt(string? Traceparent, bool Interrupted, TimeSpan Ago);
