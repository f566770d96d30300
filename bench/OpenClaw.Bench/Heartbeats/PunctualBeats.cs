using Npgsql;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>Very many hearts that beat each minute: each beat on time, none missed, none doubled.</summary>
internal sealed class PunctualBeats(BenchOptions options, Report report)
{
    private const string Name = "bench_beats";

    private static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LeadTime = TimeSpan.FromSeconds(15);

    // Of beats that were due in the time that counts. The first one tells when the others are due.
    private const string ResultSql =
        """
        WITH beats AS (
            SELECT agent_id, due_at, started_at, completed_at, status FROM openclaw.heartbeat_executions
            WHERE due_at >= $1 AND due_at < $1 + $2
        ), agents AS (
            SELECT agent_id, count(DISTINCT due_at) AS beats, floor(extract(epoch FROM $1 + $2 - min(due_at) - interval '1 microsecond') / 60) + 1 AS expected FROM beats GROUP BY agent_id
        )
        SELECT (SELECT count(*) FROM beats), (SELECT count(*) - count(DISTINCT (agent_id, due_at)) FROM beats),
               (SELECT sum(expected - beats)::bigint FROM agents) + (SELECT count(*) FROM openclaw.agents a WHERE NOT EXISTS (SELECT FROM agents WHERE agent_id = a.id)),
               (SELECT count(*) FROM beats WHERE status <> 'ok'),
               (SELECT percentile_disc(ARRAY[0.5, 0.99, 1]) WITHIN GROUP (ORDER BY (extract(epoch FROM started_at - due_at) * 1000)::float8) FROM beats),
               (SELECT (max(extract(epoch FROM completed_at - due_at)) * 1000)::float8 FROM beats)
        """;

    public async Task RunAsync()
    {
        var count = options.Quick ? 2_000 : 10_000;
        var duration = TimeSpan.FromMinutes(options.Quick ? 1 : 10);
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await ServiceProcess.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var begin = DateTime.UtcNow + LeadTime;
        await BeatingAgents.SeedAsync(source, count, $"'{begin:O}'::timestamptz + random() * interval '1 minute'", "1 minute");

        // The compiler comes to rest in the first minute, which does not count; in it each heart beats once.
        begin += TimeSpan.FromMinutes(1);
        await Task.Delay(begin - DateTime.UtcNow);
        var cpu = service.Cpu;
        await Task.Delay(begin + duration - DateTime.UtcNow);
        cpu = service.Cpu - cpu;
        await Task.Delay(BeatLimit);

        await using var command = source.CreateCommand(ResultSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = begin }, new() { Value = duration } });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var late = reader.GetFieldValue<double[]>(4);
        report.Add($"beats of {Report.Whole(count)} agents at 1 m in {duration.TotalMinutes:0} minutes", reader.GetInt64(0), "beats");
        report.Add("… begun after they were due, p50", late[0], "ms");
        report.Add("… p99", late[1], "ms");
        report.Add("… at most", late[2], "ms");
        report.Add("… done after they were due, at most", reader.GetDouble(5), "ms");
        report.Require("beats, done within s of their time", reader.GetDouble(5) / 1000, BeatLimit.TotalSeconds, below: true);
        report.Require("beats, % of one core", cpu / duration * 100, 60, below: true);
        report.Require("beats doubled", reader.GetInt64(1), 1, below: true);
        report.Require("beats missed", reader.GetInt64(2), 1, below: true);
        report.Require("beats that did not end well", reader.GetInt64(3), 1, below: true);
    }
}
