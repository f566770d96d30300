using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Bench.Engine;

/// <summary>Workflows and jobs, one phase after the other on one server, each in a database of its own.</summary>
internal sealed class EngineBench(BenchOptions options, Report report)
{
    // Enough to fill every worker and the batches of the engine; more changes nothing.
    private const int InFlight = 64;
    private const int PgbenchClients = 16;

    // Until a service under load has accepted something from each of its clients.
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(30);

    // Some of what an idle service does comes once a minute.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public async Task RunAsync()
    {
        report.Add($"pgbench -N, {PgbenchClients} clients", await Pgbench.CommitsAsync(options, PgbenchClients), "commits/s");
        await BenchDatabase.SettleAsync(options.Server);
        var ours = await WorkflowsAsync();
        await BenchDatabase.SettleAsync(options.Server);
        if (options.DbosPeer is not null)
        {
            await CompareWithDbosAsync(ours);
        }
        else
        {
            Report.Note("DBOS was left out.");
        }

        await BenchDatabase.SettleAsync(options.Server);
        if (options.HangfirePeer is not null)
        {
            await CompareWithHangfireAsync(ours);
        }
        else
        {
            Report.Note("Plain Hangfire was left out.");
        }

        await BenchDatabase.SettleAsync(options.Server);
        await new HistoryCost(options, report, InFlight).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await IdleAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await RestartsAsync();
        await BenchDatabase.SettleAsync(options.Server);
        if (options.Web is { } web)
        {
            await StartsAsync(web);
        }
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
        report.Add("5 steps, chained, full load", chained, "workflows/s");
        report.Add("5 steps, inline, full load", inline, "workflows/s");
        report.Add("5 database steps, inline, full load", inlineDatabase, "workflows/s");
        report.Add("5 steps, chained, one at a time, p50", chainedOne.P50, "ms");
        report.Add("5 steps, chained, one at a time, p99", chainedOne.P99, "ms");
        report.Add("5 steps, inline, one at a time, p50", inlineOne.P50, "ms");
        report.Add("5 steps, inline, one at a time, p99", inlineOne.P99, "ms");
        report.Require("chained one at a time, p50, ms", chainedOne.P50, 50, below: true);
        report.Require("chained one at a time, p99, ms", chainedOne.P99, 120, below: true);
        return new Figures(chained, inline, inlineOne.P50);

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
        report.Require("inline at full load / DBOS", ours.Inline / dbos.PerSecond, 4);
        report.Require("inline one at a time, p50 / DBOS", ours.InlineP50 / dbos.P50, 0.6, below: true);
    }

    private async Task CompareWithHangfireAsync(Figures ours)
    {
        var plain = await Peer.RunHangfireAsync(options);
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, full load", plain.PerSecond, "chains/s");
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, one at a time, p50", plain.P50, "ms");
        report.Add($"Hangfire {plain.Version}, 5 plain continuations, one at a time, p99", plain.P99, "ms");
        report.Add($"Hangfire {plain.Version}, jobs, full load", plain.JobsPerSecond, "jobs/s");
        report.Require("chained at full load / plain Hangfire", ours.Chained / plain.PerSecond, 0.9);
    }

    // A service that has nothing to do, in a process of its own; and what a person waits for a provision.
    private async Task IdleAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_idle");
        await using var service = await ServiceProcess.StartAsync(database);
        using var http = service.Connect(waits: true);

        // The compiler has something to do for a while.
        await Task.Delay(Settling);
        var (before, watch) = (service.Cpu, Stopwatch.StartNew());
        await Task.Delay(Settling);
        report.Require("idle, % of one core", (service.Cpu - before) / watch.Elapsed * 100, 3, below: true);
        report.Require("idle, threads", service.Threads, 60, below: true);
        report.Require("idle, MiB of memory", service.Memory / 1024.0 / 1024, 200, below: true);

        var number = 0;
        await Load.OneAtATimeAsync(ProvisionAsync, options.Singles / 4);
        var provision = await Load.OneAtATimeAsync(ProvisionAsync, options.Singles);
        report.Require("a provision, one at a time, p50, ms", provision.P50, 60, below: true);
        report.Require("a provision, one at a time, p99, ms", provision.P99, 200, below: true);

        async Task ProvisionAsync()
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/agents/provision", new { name = $"agent {++number}", model = "local/echo" });
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task StartsAsync(string web)
    {
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_starts");
        await using (await BenchService.StartAsync(database))
        {
            // Migrated, and closed again.
        }

        var starts = await new Starts(web, database).MeasureAsync(options.Quick ? 5 : 20);
        report.Add("from the start of the process until it is ready, p50", starts.P50, "ms");
        report.Require("from the start of the process until it is ready, p95, ms", starts.P95, 1500, below: true);
    }

    // Killed under load and started at once: how long until it is ready again, with whatever the dead process has left behind.
    private async Task RestartsAsync()
    {
        await using var service = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_restarts"));
        using var http = service.Connect();
        var (accepted, slowest) = (0, TimeSpan.Zero);
        for (var kill = 0; kill < options.Kills; kill++)
        {
            using var killed = new CancellationTokenSource();
            var load = Enumerable.Range(0, 8).Select(_ => LoadAsync(killed.Token)).ToArray();
            var enough = Volatile.Read(ref accepted) + load.Length;
            await Until.ItHoldsAsync(() => Task.FromResult(Volatile.Read(ref accepted) >= enough), LoadLimit);
            await service.KillAsync();
            await killed.CancelAsync();
            var watch = Stopwatch.StartNew();
            await service.RestartAsync();
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            await Task.WhenAll(load);
        }

        report.Add("agents accepted while a service was killed again and again", accepted, "agents");
        report.Require($"ready after SIGKILL under load, the slowest of {options.Kills}, s", slowest.TotalSeconds, 5, below: true);

        async Task LoadAsync(CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    using var answer = await http.PostAsJsonAsync("/api/v1/agents/provision", new { name = $"agent {Guid.NewGuid():N}", model = "local/echo" }, enough);
                    Interlocked.Add(ref accepted, answer.IsSuccessStatusCode ? 1 : 0);
                }
                catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
                {
                    // It was killed.
                }
            }
        }
    }

    private sealed record Figures(double Chained, double Inline, double InlineP50);
}
