using Npgsql;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine;

/// <summary>
/// Counts ended runs by workflow, five minutes, status and duration, so that the monitor answers at once however many runs
/// the ledger keeps. Durations are kept in steps of a quarter: a percentile is right to within 12 %. What is older than two
/// days is kept by the hour, so that a month stays a small table.
/// </summary>
public sealed class WorkflowMetrics(NpgsqlDataSource dataSource, TimeProvider time)
{
    // A run that is opened again is taken out of the count, under the same lock. It is taken by a statement before the one
    // that counts: that one must see what whoever held it before has written.
    internal const string LockSql = "SELECT FROM openclaw.workflow_metrics_progress FOR UPDATE";

    // Where the run e is counted: in its five minutes, or when these are gone in its hour.
    internal const string CountedSql =
        """
        (SELECT max(c.bucket) FROM openclaw.workflow_metrics c
         WHERE c.bucket IN (e.bucket, date_bin('1 hour', e.bucket, 'epoch')) AND c.name = e.name AND c.status = e.status AND c.duration_bucket = e.duration_bucket)
        """;

    // Where the run w will be counted, and with what.
    internal const string BucketSql = "date_bin('5 minutes', w.completed_at, 'epoch')";
    internal const string MillisecondsSql = "extract(epoch FROM w.completed_at - w.created_at) * 1000";
    internal const string DurationBucketSql = $"floor(ln(greatest({MillisecondsSql}, 1)) / ln({Growth}))::smallint";

    internal const string Growth = "1.25";

    // Runs that ended at $1 or later: those that are counted, and, from the ledger, those that are not yet.
    internal const string SinceSql =
        $"""
        SELECT bucket AS at, name, status, duration_bucket, runs FROM openclaw.workflow_metrics WHERE runs > 0 AND bucket >= $1
        UNION ALL
        SELECT w.completed_at, w.name, w.status, {DurationBucketSql}, 1 FROM openclaw_system.workflow_status w
        WHERE w.completed_at >= greatest($1, (SELECT counted_until FROM openclaw.workflow_metrics_progress))
        """;

    // What is older than this is kept by the hour.
    private static readonly TimeSpan KeptFine = TimeSpan.FromDays(2);

    private const string AddSql = "INSERT INTO openclaw.workflow_metrics AS m (name, bucket, status, duration_bucket, runs, total_ms)";

    private const string ToWhatIsThereSql =
        "ON CONFLICT (bucket, name, status, duration_bucket) DO UPDATE SET runs = m.runs + excluded.runs, total_ms = m.total_ms + excluded.total_ms";

    // What ended a moment ago may belong to a transaction that has not committed yet: it is counted next time, and read
    // from the ledger until then.
    private const string CountSql =
        $"""
        WITH progress AS (
            SELECT counted_until AS since, now() - interval '10 seconds' AS until FROM openclaw.workflow_metrics_progress
        ), counted AS (
            {AddSql}
            SELECT w.name, {BucketSql}, w.status, {DurationBucketSql}, count(*), sum({MillisecondsSql})
            FROM progress p, openclaw_system.workflow_status w
            WHERE w.completed_at >= p.since AND w.completed_at < p.until
            GROUP BY 1, 2, 3, 4
            {ToWhatIsThereSql}
        )
        UPDATE openclaw.workflow_metrics_progress SET counted_until = greatest(counted_until, p.until) FROM progress p
        """;

    private const string CompactSql =
        $"""
        WITH fine AS (
            DELETE FROM openclaw.workflow_metrics m WHERE bucket < date_trunc('hour', now() - interval '2 days') AND bucket <> {HourSql}
            RETURNING name, {HourSql} AS hour, status, duration_bucket, runs, total_ms
        )
        {AddSql}
        SELECT name, hour, status, duration_bucket, sum(runs), sum(total_ms) FROM fine GROUP BY 1, 2, 3, 4
        {ToWhatIsThereSql}
        """;

    private const string HourSql = "date_bin('1 hour', m.bucket, 'epoch')";

    // A run's rank is looked for in the running sum over the duration buckets; the middle of its bucket is the answer.
    private const string ReadSql =
        $"""
        WITH counted AS (
            SELECT name, status, duration_bucket, sum(runs)::bigint AS runs, sum(total_ms) AS total_ms
            FROM openclaw.workflow_metrics
            WHERE runs > 0 AND bucket >= $1 AND ($2::text IS NULL OR name = $2)
            GROUP BY 1, 2, 3
            UNION ALL
            SELECT w.name, w.status, {DurationBucketSql}, 1, {MillisecondsSql}
            FROM openclaw_system.workflow_status w
            WHERE w.completed_at >= (SELECT counted_until FROM openclaw.workflow_metrics_progress) AND ($2::text IS NULL OR w.name = $2)
        ), ranked AS (
            SELECT name, duration_bucket, sum(runs) AS runs,
                   sum(sum(runs)) OVER (PARTITION BY name ORDER BY duration_bucket) AS up_to, sum(sum(runs)) OVER (PARTITION BY name) AS of
            FROM counted GROUP BY name, duration_bucket
        ), ended AS (
            SELECT name,
                   sum(runs) FILTER (WHERE status = 'SUCCESS') AS succeeded,
                   sum(runs) FILTER (WHERE status IN ('ERROR', 'RETRIES_EXCEEDED')) AS failed,
                   sum(runs) FILTER (WHERE status = 'CANCELLED') AS cancelled,
                   sum(total_ms) / sum(runs) AS average
            FROM counted GROUP BY name
        ), percentiles AS (
            SELECT name,
                   power({Growth}, min(duration_bucket) FILTER (WHERE up_to >= 0.50 * of) + 0.5) AS p50,
                   power({Growth}, min(duration_bucket) FILTER (WHERE up_to >= 0.95 * of) + 0.5) AS p95,
                   power({Growth}, min(duration_bucket) FILTER (WHERE up_to >= 0.99 * of) + 0.5) AS p99
            FROM ranked GROUP BY name
        ), open AS (
            SELECT name, count(*) AS pending FROM openclaw_system.workflow_status
            WHERE completed_at IS NULL AND ($2::text IS NULL OR name = $2)
            GROUP BY name
        )
        SELECT coalesce(e.name, o.name), coalesce(e.succeeded, 0)::bigint, coalesce(e.failed, 0)::bigint, coalesce(e.cancelled, 0)::bigint,
               coalesce(o.pending, 0)::bigint, e.average::float8, p.p50::float8, p.p95::float8, p.p99::float8
        FROM ended e FULL JOIN open o ON o.name = e.name LEFT JOIN percentiles p ON p.name = e.name
        ORDER BY 1
        """;

    /// <summary>Counts what has ended since the last time. Any number of nodes may; one at a time does.</summary>
    public Task CountAsync(CancellationToken cancellationToken) => AloneAsync(CountSql, cancellationToken);

    /// <summary>Puts the five minutes of hours that are long past together.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) => AloneAsync(CompactSql, cancellationToken);

    /// <summary>
    /// From when on a window counts: the first whole five minutes, or hour, in it. A list of what is counted begins there too.
    /// </summary>
    public DateTimeOffset Begin(TimeSpan window)
    {
        var bucket = window < KeptFine ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1);
        var ticks = (time.GetUtcNow() - window).UtcTicks;
        return new DateTimeOffset(ticks - (ticks % bucket.Ticks) + bucket.Ticks, TimeSpan.Zero);
    }

    /// <summary>How runs went that ended within the window, and how many are open now, by workflow.</summary>
    /// <param name="window">Back from now.</param>
    /// <param name="name">Only this workflow; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkflowFigures>> ReadAsync(TimeSpan window, string? name, CancellationToken cancellationToken)
    {
        await CountAsync(cancellationToken);
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Begin(window), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }, Text(name) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var figures = new List<WorkflowFigures>();
        while (await reader.ReadAsync(cancellationToken))
        {
            figures.Add(new WorkflowFigures(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                Milliseconds(reader, 5), Milliseconds(reader, 6), Milliseconds(reader, 7), Milliseconds(reader, 8)));
        }

        return figures;
    }

    private async Task AloneAsync(string sql, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static double? Milliseconds(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : Math.Round(reader.GetDouble(column), 1);
}

/// <summary>How the runs of one workflow went. Durations are from start to end of a run, waits included.</summary>
public sealed record WorkflowFigures(
    string Name, long Succeeded, long Failed, long Cancelled, long Pending, double? AverageMs, double? P50Ms, double? P95Ms, double? P99Ms)
{
    public long Total => Succeeded + Failed + Cancelled + Pending;

    /// <summary>Of those that ended by themselves; null when none did.</summary>
    public double? SuccessRate => Succeeded + Failed == 0 ? null : Math.Round((double)Succeeded / (Succeeded + Failed), 4);
}
