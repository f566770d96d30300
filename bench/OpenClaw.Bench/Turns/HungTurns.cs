using System.Net.Http.Json;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Turns;

/// <summary>Thousands of turns that wait for a model that never answers: what each costs, and what others notice.</summary>
internal sealed class HungTurns(BenchOptions options, Report report)
{
    private const string Name = "bench_hung";
    private const int Echoing = 200;
    private const int PerSecond = 50;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public async Task RunAsync()
    {
        var count = options.Quick ? 1_000 : 5_000;
        await using var model = await HungModel.StartAsync();
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await ServiceProcess.StartAsync(
            database, settings: [$"OPENAI_BASE_URL={model.Address}", "OPENAI_API_KEY=none", $"MODEL_CONCURRENCY={count}", "MODEL_IDLE_TIMEOUT=1h"]);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var hung = await AgentMessages.SeedAsync(source, count + options.Singles, "openai/hung");
        await using var others = await AgentClients.ConnectAsync(service.Address, AgentMessages.Clients, await AgentMessages.SeedAsync(source, Echoing));
        using var http = service.Connect();
        var turns = 0;

        // The first ones pay for what every process has once.
        await WaitAsync(options.Singles);
        await Load.SteadyAsync(others.SayAsync, PerSecond, options.FirstWarmup);
        var before = await Load.SteadyAsync(others.SayAsync, PerSecond, options.Load);
        var memory = service.Memory;
        var held = await service.HeldMemoryAsync();
        await WaitAsync(count - options.Singles);
        var meanwhile = await Load.SteadyAsync(others.SayAsync, PerSecond, options.Load);

        var grown = service.Memory - memory;
        var holds = await service.HeldMemoryAsync() - held;

        report.Add($"other agents' messages before, p50", before.P50, "ms");
        report.Add($"other agents' messages before, p95", before.P95, "ms");
        report.Add($"… with {Report.Whole(count)} turns that wait for a hung model, p50", meanwhile.P50, "ms");
        report.Add("… p95", meanwhile.P95, "ms");
        report.Require("other agents' p95, meanwhile / before", meanwhile.P95 / before.P95, 1.2, below: true);
        report.Add("memory of the process grown by, for each of them", grown / 1024.0 / (count - options.Singles), "KiB");
        report.Require("a turn that waits holds, KiB", holds / 1024.0 / (count - options.Singles), 40, below: true);
        report.Require("threads meanwhile", service.Threads, 60, below: true);
        await service.KillAsync();

        async Task WaitAsync(int more)
        {
            await Parallel.ForEachAsync(hung[turns..(turns + more)], async (agent, stopping) =>
            {
                using var answer = await http.PostAsJsonAsync($"/api/v1/agents/{agent}/message", new { content = "hello" }, stopping);
                answer.EnsureSuccessStatusCode();
            });
            turns += more;
            if (await Until.ItHoldsAsync(() => Task.FromResult(model.Waiting >= turns), Limit) is null)
            {
                throw new TimeoutException($"{model.Waiting} of {turns} turns reached the model within {Limit.TotalMinutes:0} minutes.");
            }
        }
    }
}
