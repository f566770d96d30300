using System.Globalization;
using Npgsql;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Looks for rows whose time has passed, and judges by the oldest.</summary>
/// <param name="dataSource">Where.</param>
/// <param name="what">What is overdue.</param>
public sealed class OverdueProbe(NpgsqlDataSource dataSource, Overdue what) : IHealthProbe
{
    public string Name => what.Name;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"SELECT count(*), coalesce(extract(epoch FROM now() - min(since)), 0)::float8 FROM ({what.Rows}) overdue");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (count, oldest) = (reader.GetInt64(0), reader.GetDouble(1));
        return HealthFinding.Of(
            oldest, what.DegradedFrom.TotalSeconds, what.FailedFrom.TotalSeconds, "s", count == 0 ? what.Well : string.Format(CultureInfo.InvariantCulture, what.NotWell, count, oldest));
    }
}

/// <summary>A kind of row that must not wait too long.</summary>
/// <param name="Name">Of the check.</param>
/// <param name="Rows">Selects <c>since</c> of those that wait; bounded, so that a backlog does not make the check slow.</param>
/// <param name="DegradedFrom">So long has the oldest waited.</param>
/// <param name="FailedFrom">So long has the oldest waited.</param>
/// <param name="Well">Told when there is none.</param>
/// <param name="NotWell">Told with their number ({0}) and the oldest's seconds ({1}).</param>
public sealed record Overdue(string Name, string Rows, TimeSpan DegradedFrom, TimeSpan FailedFrom, string Well, string NotWell)
{
    // What waits in a queue is late from when it was due, and what a process works on from when that should have said so again:
    // while it lives it moves due_at on, however long the step takes. Of others the reconciler does so each time it looks, so
    // what counts is when the run itself moved last: one that is held for another one to end waits rightly, and one whose step
    // failed until that is tried again.
    public static readonly Overdue Work = new(
        "work",
        """
        SELECT since FROM (
            SELECT CASE
                WHEN w.executor_id IS NOT NULL OR w.queue IS NOT NULL THEN w.due_at
                WHEN o.failures > 0 THEN greatest(w.updated_at, (
                    SELECT max(e.created_at + make_interval(secs => (e.data ->> 'retry_in_seconds')::float8))
                    FROM openclaw_system.workflow_events e WHERE e.workflow_uuid = w.workflow_uuid AND e.kind = 'step_failed'))
                ELSE w.updated_at END AS since
            FROM openclaw_system.workflow_status w
            JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
            WHERE w.completed_at IS NULL AND w.updated_at < now() - interval '30 seconds' AND CASE WHEN w.executor_id IS NOT NULL OR w.queue IS NOT NULL THEN w.due_at < now() ELSE NOT (w.next_step = 0 AND o.job_id IS NULL) END
            LIMIT 10000
        ) open WHERE since < now() - interval '30 seconds'
        """,
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        "Every workflow moves.",
        "{0} workflows have not moved for 30 s or longer, the first for {1:0} s. Look at the queues and servers in the job dashboard.");

    public static readonly Overdue Heartbeats = new(
        "heartbeats",
        "SELECT next_heartbeat_at AS since FROM openclaw.agents WHERE next_heartbeat_at < now() - interval '5 seconds' AND heartbeat_claimed_until IS NULL LIMIT 10000",
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1),
        "Every heart beats on time.",
        "{0} heartbeats are late, the oldest by {1:0} s. Look whether heartbeat-sweep runs (recurring jobs in the job dashboard).");

    // The first of each agent's line, which waits from when it was first: the others wait rightly for it, and it for nothing
    // once its turn, or a beat's, is under way. What a brake holds waits rightly too.
    public static readonly Overdue Messages = new(
        "messages",
        """
        SELECT CASE WHEN first.attempts = 0 THEN greatest(first.created_at, w.updated_at) ELSE first.created_at END AS since
        FROM (
            SELECT DISTINCT ON (recipient) recipient, owner, workflow_uuid, attempts, created_at FROM openclaw_system.notifications
            WHERE state = 'accepted' AND recipient LIKE 'agent:%'
            ORDER BY recipient, sequence
        ) first
        JOIN openclaw_system.workflow_status w ON w.workflow_uuid = first.workflow_uuid
        WHERE w.executor_id IS NULL AND NOT EXISTS (SELECT FROM openclaw.turn_leases l WHERE 'agent:' || l.agent_id = first.recipient AND l.until > now())
          AND NOT EXISTS (SELECT FROM openclaw.brakes b WHERE b.scope IN ('everything', 'owner:' || first.owner, first.recipient))
        """,
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10),
        "No message waits.",
        "{0} agents have messages that wait for delivery, the first for {1:0} s.");
}
