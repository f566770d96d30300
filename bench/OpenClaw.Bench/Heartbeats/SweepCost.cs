using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Bench.Engine;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>What it costs to find the hearts that have to beat, and to start their beats.</summary>
internal sealed class SweepCost(BenchOptions options, Report report)
{
    private const string Name = "bench_sweep";
    private const int Agents = 10_000;
    private const int PerMinute = 60;

    private int Rounds => options.Quick ? 50 : 200;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);

        // Never started: nobody else sweeps, or runs what this sweep starts.
        await using var app = await BenchService.PrepareAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var sweep = app.Services.GetRequiredService<HeartbeatSweep>();

        await BeatingAgents.SeedAsync(source, Agents, "now() + interval '1 hour'", "1 hour");
        await BenchDatabase.ExecuteAsync(source, "CREATE TABLE bench_due AS SELECT id FROM openclaw.agents; ANALYZE bench_due");
        var sweeps = await SweepAsync(source, sweep, Agents / PerMinute);
        var starts = await StartAsync(source, app.Services.GetRequiredService<WorkflowClient>(), Agents / PerMinute);
        report.Add($"a second's sweep of {Report.Whole(Agents)} agents at 1 m, mean", sweeps.Mean, "ms");
        report.Add($"… of which the start of its {Agents / PerMinute} workflows", starts.Mean, "ms");
        report.Require("the sweep's own cost, of one core", (sweeps.Mean - starts.Mean) / 1000, 0.05, below: true);

        var all = Agents;
        foreach (var (count, limit) in options.Quick ? [(100_000, 20)] : new[] { (100_000, 20), (1_000_000, 50) })
        {
            await BeatingAgents.SeedAsync(source, count - all, "now() + interval '1 hour' + random() * interval '1 hour'", "1 hour");
            all = count;
            var one = await SweepAsync(source, sweep, due: 1);
            var agents = Report.Whole(count);
            report.Add($"finding and starting the one of {agents} that is due, p50", one.P50, "ms");
            report.Add("… p95", one.P95, "ms");
            report.Require($"finding what is due among {agents}, p95, ms", one.P95, limit, below: true);
        }
    }

    private Task<Latency> SweepAsync(NpgsqlDataSource source, HeartbeatSweep sweep, int due) => Load.OneAtATimeAsync(
        () => sweep.RunAsync(default),
        Rounds,
        () => BenchDatabase.ExecuteAsync(
            source, $"UPDATE openclaw.agents SET next_heartbeat_at = now(), heartbeat_claimed_until = NULL WHERE id IN (SELECT id FROM bench_due LIMIT {due})"));

    private async Task<Latency> StartAsync(NpgsqlDataSource source, WorkflowClient workflows, int count)
    {
        var agent = await source.ReadAsync<Guid>("SELECT id FROM bench_due LIMIT 1");
        return await Load.OneAtATimeAsync(() => workflows.StartManyAsync(HeartbeatWorkflow.Name, [.. Enumerable.Range(0, count).Select(_ => Beat())], default), Rounds);

        WorkflowStart Beat() => new(HeartbeatWorkflow.Name, "admin", new HeartbeatRequest(DateTimeOffset.UtcNow, OnDemand: false)) { AgentId = agent, IdempotencyKey = $"{Guid.NewGuid()}" };
    }
}
