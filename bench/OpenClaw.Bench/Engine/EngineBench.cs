using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Bench.Engine;

/// <summary>Workflows and jobs, one phase after the other on one server, each in a database of its own.</summary>
internal sealed class EngineBench(BenchOptions options, Report report)
{
    // Enough to fill every worker and the batches of the engine; more changes nothing.
    private const int InFlight = 64;
    private const int PgbenchClients = 16;
    private const double MaxPageMs = 200;

    public async Task RunAsync()
    {
        var limit = report.Add($"pgbench -N, {PgbenchClients} clients", await Pgbench.CommitsAsync(options, PgbenchClients), "commits/s");
        await BenchDatabase.SettleAsync(options.Server);
        var ours = await WorkflowsAsync();
        await BenchDatabase.SettleAsync(options.Server);
        if (options.DbosPeer is not null)
            await CompareWithDbosAsync(ours);
        else
            Report.Note("DBOS was left out.");

        await BenchDatabase.SettleAsync(options.Server);
        if (options.HangfirePeer is not null)
            await CompareWithHangfireAsync(ours);
        else
            Report.Note("Hangfire's packages were left out.");

        await BenchDatabase.SettleAsync(options.Server);
        await JobsAsync(limit);
    }

    private async Task<Figures> WorkflowsAsync()
    {
        await using var service = await BenchService.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_workflows"));
        var client = service.Services.GetRequiredService<WorkflowClient>();
        var ends = service.Services.GetRequiredService<WorkflowEnds>();

        var chained = await FullLoadAsync(EmptyWorkflows.Chained, options.FirstWarmup);
        var inline = await FullLoadAsync(EmptyWorkflows.Inline, options.Warmup);
        var inlineDatabase = await FullLoadAsync(EmptyWorkflows.InlineDatabase, options.Warmup);
        var chainedOne = await Load.OneAtATimeAsync(() => RunAsync(EmptyWorkflows.Chained), options.Singles);
        var inlineOne = await Load.OneAtATimeAsync(() => RunAsync(EmptyWorkflows.Inline), options.Singles);
        var plain = new PlainJobs(service.Services.GetRequiredService<IBackgroundJobClient>());
        var plainChains = await Load.FullAsync(plain.ChainAsync, InFlight, options.Warmup, options.Load);

        report.Add("5 steps, chained, full load", chained, "workflows/s");
        report.Add("5 steps, inline, full load", inline, "workflows/s");
        report.Add("5 database steps, inline, full load", inlineDatabase, "workflows/s");
        report.Add("5 plain continuations without a ledger, this engine, full load", plainChains, "chains/s");
        report.Add("5 steps, chained, one at a time, p50", chainedOne.P50, "ms");
        report.Add("5 steps, chained, one at a time, p99", chainedOne.P99, "ms");
        report.Add("5 steps, inline, one at a time, p50", inlineOne.P50, "ms");
        report.Add("5 steps, inline, one at a time, p99", inlineOne.P99, "ms");
        return new Figures(chained, inline, chainedOne.P50);

        Task<double> FullLoadAsync(WorkflowDefinition workflow, TimeSpan warmup) =>
            Load.FullAsync(() => RunAsync(workflow), InFlight, warmup, options.Load);

        async Task RunAsync(WorkflowDefinition workflow)
        {
            var start = new WorkflowStart(workflow.Name, "bench", new { });
            var end = ends.Of(start.WorkflowUuid);
            await client.StartAsync(start, default);
            await end;
        }
    }

    private async Task CompareWithDbosAsync(Figures ours)
    {
        var dbos = await Peer.RunDbosAsync(options);
        report.Add($"DBOS {dbos.Version}, 5 steps, full load", dbos.PerSecond, "workflows/s");
        report.Add($"DBOS {dbos.Version}, 5 steps, one at a time, p50", dbos.P50, "ms");
        report.Add($"DBOS {dbos.Version}, 5 steps, one at a time, p99", dbos.P99, "ms");
        report.Require("chained at full load / DBOS", ours.Chained / dbos.PerSecond, 2);
        report.Require("inline at full load / DBOS", ours.Inline / dbos.PerSecond, 3);
        report.Require("chained one at a time, p50 / DBOS", ours.ChainedP50 / dbos.P50, 1, below: true);
    }

    private async Task CompareWithHangfireAsync(Figures ours)
    {
        var plain = await Peer.RunHangfireAsync(options);
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, full load", plain.PerSecond, "chains/s");
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, one at a time, p50", plain.P50, "ms");
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, one at a time, p99", plain.P99, "ms");
        report.Add($"Hangfire {plain.Version}, jobs, full load", plain.JobsPerSecond, "jobs/s");
        report.Require("chained at full load / plain Hangfire", ours.Chained / plain.PerSecond, 10);
    }

    private async Task JobsAsync(double limit)
    {
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_jobs");
        await using var service = await BenchService.StartAsync(database);
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();
        var jobs = new PlainJobs(service.Services.GetRequiredService<IBackgroundJobClient>());

        var latency = await Load.OneAtATimeAsync(jobs.OneAsync, options.Singles);
        report.Add("a job, enqueue to start, p50", latency.P50, "ms");
        report.Add("a job, enqueue to start, p99", latency.P99, "ms");

        var (seeded, empty, full) = (0, 0.0, 0.0);
        foreach (var history in options.Histories)
        {
            await History.SeedAsync(source, history - seeded);
            seeded = history;
            await BenchDatabase.SettleAsync(options.Server);
            full = report.Add(
                $"jobs, {Report.Whole(history)} finished in the tables, full load",
                await Load.FullAsync(jobs.OneAsync, InFlight, options.Warmup, options.Load),
                "jobs/s");
            empty = history == 0 ? full : empty;
        }

        var (page, p95) = await History.SlowestPageAsync(service.Http, source, options.Quick ? 20 : 50);
        report.Add($"Hangfire's dashboard, its slowest page ({page}), p95", p95, "ms");
        report.Require("jobs / pgbench commits", empty / limit, 0.35);
        report.Require($"jobs with {Report.Whole(seeded)} finished / with none", full / empty, 0.9);
        report.Require("dashboard's slowest page, p95, ms", p95, MaxPageMs, below: true);
    }

    private sealed record Figures(double Chained, double Inline, double ChainedP50);
}
