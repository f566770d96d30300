namespace OpenClaw.Bench.Heartbeats;

/// <summary>Very many hearts with gates that beat each minute while nothing happens: nobody is asked, and what that costs.</summary>
internal sealed class QuietBeats(BenchOptions options, Report report)
{
    private const string Name = "bench_quiet";
    private const int Agents = 10_000;

    private static readonly TimeSpan LeadTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(3);

    public async Task RunAsync()
    {
        var duration = TimeSpan.FromMinutes(options.Quick ? 2 : 10);
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await ServiceProcess.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var begin = DateTime.UtcNow + LeadTime;
        await BeatingAgents.SeedAsync(source, Agents, $"'{begin:O}'::timestamptz + random() * interval '1 minute'", "1 minute");
        await BenchDatabase.ExecuteAsync(source, """UPDATE openclaw.agents SET configuration = configuration || '{"heartbeat_gates": [{"messages": 1}]}'""");

        // In the first minute each is asked once, as nothing was seen before; in the second one the compiler comes to rest.
        begin += TimeSpan.FromMinutes(2);
        await Task.Delay(begin - DateTime.UtcNow);
        var cpu = service.Cpu;
        await Task.Delay(begin + duration - DateTime.UtcNow);
        cpu = service.Cpu - cpu;
        await Task.Delay(BeatLimit);

        var beats = $"SELECT count(*) FROM openclaw.heartbeat_executions WHERE due_at >= '{begin:O}' AND due_at < '{begin + duration:O}'";
        report.Add($"quiet beats of {Report.Whole(Agents)} agents with gates at 1 m in {duration.TotalMinutes:0} minutes", await source.NumberAsync($"{beats} AND status = 'quiet'"), "beats");
        report.Require("quiet beats, % of one core", cpu / duration * 100, 30, below: true);
        report.Require("beats that asked a model", await source.NumberAsync($"{beats} AND status <> 'quiet'"), 1, below: true);
        report.Require("beats left out", (Agents * (long)duration.TotalMinutes) - await source.NumberAsync(beats), 1, below: true);
    }
}
