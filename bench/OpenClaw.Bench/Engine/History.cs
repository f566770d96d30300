using Npgsql;

namespace OpenClaw.Bench.Engine;

/// <summary>Fills the engine's tables with jobs that have succeeded, as a service leaves them behind.</summary>
internal static class History
{
    private const string SeedSql =
        """
        WITH seeded AS (
            INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat, expireat)
            SELECT 'Succeeded', '{"Type":"OpenClaw.Bench.Engine.PlainJobs, OpenClaw.Bench","Method":"Step","ParameterTypes":"[]","Arguments":"[]"}', '[]',
                   now() - interval '1 hour', now() + interval '5 hours'
            FROM generate_series(1, $1)
            RETURNING id
        ), states AS (
            INSERT INTO hangfire.state (jobid, name, createdat, data)
            SELECT s.id, n.name, now(), n.data::jsonb
            FROM seeded s, (VALUES
                ('Enqueued', '{"EnqueuedAt":"2026-01-01T00:00:00.0000000Z","Queue":"default"}'),
                ('Processing', '{"StartedAt":"2026-01-01T00:00:00.0000000Z","ServerId":"gone:1","WorkerId":"1"}'),
                ('Succeeded', '{"SucceededAt":"2026-01-01T00:00:01.0000000Z","PerformanceDuration":"1","Latency":"1"}')) AS n (name, data)
            RETURNING id, jobid, name
        )
        INSERT INTO hangfire.jobparameter (jobid, name, value)
        SELECT id, n.name, '""' FROM seeded, (VALUES ('CurrentCulture'), ('CurrentUICulture')) AS n (name)
        """;

    // The states' ids are known only after the statement that writes them.
    private const string LinkSql =
        """
        UPDATE hangfire.job j SET stateid = s.id
        FROM hangfire.state s WHERE s.jobid = j.id AND s.name = 'Succeeded' AND j.stateid IS NULL AND j.statename = 'Succeeded'
        """;

    private static readonly string[] Pages =
    [
        "/hangfire", "/hangfire/jobs/succeeded", "/hangfire/jobs/succeeded?from=5000&count=100", "/hangfire/jobs/enqueued", "/hangfire/jobs/failed",
        "/hangfire/jobs/processing", "/hangfire/jobs/scheduled", "/hangfire/servers", "/hangfire/recurring", "/hangfire/retries", "/hangfire/stats",
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
        await BenchDatabase.ExecuteAsync(source, "VACUUM (ANALYZE) hangfire.job, hangfire.state, hangfire.jobparameter");
    }

    /// <summary>The 95th percentile of the slowest page of Hangfire's dashboard, in milliseconds.</summary>
    public static async Task<(string Page, double P95)> SlowestPageAsync(HttpClient http, int times)
    {
        var slowest = ("", 0.0);
        foreach (var page in Pages)
        {
            var latency = await Load.OneAtATimeAsync(async () => (await http.GetAsync(new Uri(page, UriKind.Relative))).EnsureSuccessStatusCode(), times);
            if (latency.P95 > slowest.Item2)
                slowest = (page, latency.P95);
        }

        return slowest;
    }
}
