using Npgsql;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>How soon the work of a process that was killed under load runs again.</summary>
internal sealed class TakeOver(BenchOptions options, Report report)
{
    private const string Name = "bench_takeover";
    private const int Agents = 1_500;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private int Rounds => options.Quick ? 1 : 5;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var source = BenchDatabase.Open(options.Server, Name);
        await using var first = await ServiceProcess.StartAsync(database);
        await BeatingAgents.SeedAsync(source, Agents, "now() + random() * interval '1 minute'", "1 minute", Turn);

        var alone = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            alone.AddRange(await KillAsync(source, first, alone: true));
        }

        await using (await ServiceProcess.StartAsync(database))
        {
            var elsewhere = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                elsewhere.AddRange(await KillAsync(source, first, alone: false));
            }

            Tell("work of the only node, killed under load, running after its restart", alone, 10);
            Tell("work of one of two nodes, killed under load, running elsewhere", elsewhere, 15);
        }
    }

    private void Tell(string name, List<double> times, double limit)
    {
        var p95 = Engine.Latency.Of([.. times]).P95;
        report.Add($"{name}, p95 of {times.Count} steps", p95, "s");
        report.Require($"{name}, p95, s", p95, limit, below: true);
    }

    // Returns after how many seconds each interrupted step was started again.
    private static async Task<double[]> KillAsync(NpgsqlDataSource source, ServiceProcess service, bool alone)
    {
        var executor = await source.ReadAsync<string>($"SELECT executor_id FROM openclaw_system.executors WHERE pid = {service.Id} ORDER BY started_at DESC LIMIT 1");
        var held = $"SELECT count(*) FROM openclaw_system.workflow_status WHERE status = 'PENDING' AND executor_id = '{executor}'";
        await HoldsAsync(async () => await source.NumberAsync(held) > 10);
        await service.KillAsync();
        var since = await source.ReadAsync<DateTime>("SELECT now()");
        if (alone)
        {
            await service.RestartAsync();
            since = await source.ReadAsync<DateTime>("SELECT max(started_at) FROM openclaw_system.executors");
        }

        await HoldsAsync(async () => await source.NumberAsync(held) == 0);
        var interrupted =
            $"""
            FROM openclaw_system.workflow_events e JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = e.workflow_uuid AND o.function_name = e.step
            WHERE e.kind = 'step_interrupted' AND e.reason LIKE '%{executor}%'
            """;
        await HoldsAsync(async () => await source.NumberAsync($"SELECT count(*) {interrupted} AND o.completed_at IS NULL") == 0);
        if (!alone)
        {
            await service.RestartAsync();
        }

        return await source.ReadAsync<double[]>($"SELECT array_agg(extract(epoch FROM o.started_at - '{since:O}')::float8) {interrupted}");
    }

    private static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        if (await Until.ItHoldsAsync(holds, Limit) is null)
        {
            throw new TimeoutException($"The work of a killed process was not taken up within {Limit.TotalSeconds:0} s.");
        }
    }
}
