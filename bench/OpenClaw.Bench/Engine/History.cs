using Npgsql;

namespace OpenClaw.Bench.Engine;

/// <summary>Fills the engine's tables with jobs in every state, as a service leaves them behind.</summary>
internal static class History
{
    // Of the finished ones 5 in 100 were deleted and 5 failed; 3 in 100 more wait, where nobody serves their queue.
    private const string SeedSql =
        """
        WITH seeded AS (
            INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat, expireat)
            SELECT state, '{"Type":"OpenClaw.Bench.Engine.PlainJobs, OpenClaw.Bench","Method":"Step","ParameterTypes":"[]","Arguments":"[]"}', '[]',
                   now() - interval '1 hour', CASE WHEN state IN ('Succeeded', 'Deleted') THEN now() + interval '5 hours' END
            FROM generate_series(1, $1 + 3 * $1 / 100) AS i,
            LATERAL (SELECT CASE WHEN i > $1 THEN (ARRAY['Scheduled', 'Awaiting', 'Enqueued'])[i % 3 + 1]
                                 WHEN i % 20 = 0 THEN 'Deleted' WHEN i % 20 = 10 THEN 'Failed' ELSE 'Succeeded' END AS state) AS s
            RETURNING id, statename
        ), states AS (
            INSERT INTO hangfire.state (jobid, name, createdat, data)
            SELECT s.id, n.name, now(), n.data::jsonb
            FROM seeded s JOIN (VALUES
                (true, 'Enqueued', '{"EnqueuedAt":"2026-01-01T00:00:00.0000000Z","Queue":"bench_idle"}'),
                (true, 'Processing', '{"StartedAt":"2026-01-01T00:00:00.0000000Z","ServerId":"gone:1","WorkerId":"1"}'),
                (false, 'Succeeded', '{"SucceededAt":"2026-01-01T00:00:01.0000000Z","PerformanceDuration":"1","Latency":"1"}'),
                (false, 'Deleted', '{"DeletedAt":"2026-01-01T00:00:01.0000000Z"}'),
                (false, 'Failed', '{"FailedAt":"2026-01-01T00:00:01.0000000Z","ExceptionType":"System.Exception","ExceptionMessage":"bench","ExceptionDetails":"System.Exception: bench"}'),
                (false, 'Scheduled', '{"EnqueueAt":"2100-01-01T00:00:00.0000000Z","ScheduledAt":"2026-01-01T00:00:00.0000000Z"}'),
                (false, 'Awaiting', '{"ParentId":"0","Options":"OnlyOnSucceededState","NextState":"{}","Expiration":"365.00:00:00"}')) AS n (passed, name, data)
            ON n.name = s.statename OR (n.passed AND s.statename IN ('Succeeded', 'Deleted', 'Failed'))
        ), sets AS (
            INSERT INTO hangfire.set (key, score, value)
            SELECT n.key, 4102444800, s.id::text FROM seeded s JOIN (VALUES ('Scheduled', 'schedule'), ('Awaiting', 'awaiting'), ('Scheduled', 'retries')) AS n (state, key)
            ON n.state = s.statename
        ), queued AS (
            INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, 'bench_idle' FROM seeded WHERE statename = 'Enqueued'
        )
        INSERT INTO hangfire.jobparameter (jobid, name, value)
        SELECT id, n.name, '""' FROM seeded, (VALUES ('CurrentCulture'), ('CurrentUICulture')) AS n (name)
        """;

    // The states' ids are known only after the statement that writes them.
    private const string LinkSql =
        "UPDATE hangfire.job j SET stateid = s.id FROM hangfire.state s WHERE s.jobid = j.id AND s.name = j.statename AND j.stateid IS NULL";

    private static readonly string[] Pages =
    [
        "", "?period=week", "/stats", "/servers", "/recurring", "/retries", "/retries?from=5000&count=100",
        "/jobs/enqueued", "/jobs/enqueued/bench_idle", "/jobs/enqueued/bench_idle?from=5000&count=100", "/jobs/processing",
        .. from state in new[] { "scheduled", "succeeded", "failed", "deleted", "awaiting" }
           from page in new[] { "", "?from=5000&count=100" }
           select $"/jobs/{state}{page}",
    ];

    public static async Task SeedAsync(NpgsqlDataSource source, int jobs)
    {
        await using (var seed = source.CreateCommand(SeedSql))
        {
            seed.CommandTimeout = 600;
            seed.Parameters.Add(new NpgsqlParameter<int> { TypedValue = jobs });
            await seed.ExecuteNonQueryAsync();
        }

        await BenchDatabase.ExecuteAsync(source, LinkSql);

        // What autovacuum does in a minute's time.
        await BenchDatabase.ExecuteAsync(source, "VACUUM (ANALYZE) hangfire.job, hangfire.state, hangfire.jobparameter, hangfire.set, hangfire.jobqueue");
    }

    /// <summary>The slowest page of Hangfire's dashboard.</summary>
    public static async Task<(string Page, double P95)> SlowestPageAsync(HttpClient http, NpgsqlDataSource source, int times)
    {
        var failed = await source.NumberAsync("SELECT min(id) FROM hangfire.job WHERE statename = 'Failed'");
        var (pages, _) = await Load.AddressesAsync(http, [.. Pages.Append($"/jobs/details/{failed}").Select(path => $"/hangfire{path}")], times);
        var slowest = pages.MaxBy(page => page.Value.P95);
        return (slowest.Key, slowest.Value.P95);
    }
}
