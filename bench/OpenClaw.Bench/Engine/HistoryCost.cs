using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Bench.Engine;

/// <summary>
/// What runs that have ended cost those that come: a service with none and one with many take turns, because a machine is
/// not as fast at one time as at another.
/// </summary>
internal sealed class HistoryCost(BenchOptions options, Report report, int inFlight)
{
    private const int Rounds = 4;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public async Task RunAsync()
    {
        await using var none = await StartAsync(finished: 0);
        var ratio = 0.0;
        foreach (var finished in options.Histories)
        {
            await using var many = await StartAsync(finished);
            await BenchDatabase.SettleAsync(options.Server);
            await FullLoadAsync(none, options.Warmup, Settling);
            await FullLoadAsync(many, options.FirstWarmup, Settling);
            var (without, with) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                without += await FullLoadAsync(none, Settling, options.Load / Rounds);
                with += await FullLoadAsync(many, Settling, options.Load / Rounds);
            }

            ratio = with / without;
            report.Add("5 steps, inline, no finished runs in the tables, full load", without / Rounds, "workflows/s");
            report.Add($"… {Report.Whole(finished)} finished runs, in turns with it", with / Rounds, "workflows/s");
        }

        report.Require($"inline with {Report.Whole(options.Histories[^1])} finished / with none", ratio, 0.9);
    }

    private async Task<BenchService> StartAsync(int finished)
    {
        var service = await BenchService.StartAsync(await BenchDatabase.CreateAsync(options.Server, $"bench_history_{finished}"));
        await History.SeedAsync(service.Services.GetRequiredService<NpgsqlDataSource>(), 0, finished);
        return service;
    }

    private Task<double> FullLoadAsync(BenchService service, TimeSpan warmup, TimeSpan duration)
    {
        var client = service.Services.GetRequiredService<WorkflowClient>();
        var ends = service.Services.GetRequiredService<WorkflowEnds>();
        return Load.FullAsync(RunAsync, inFlight, warmup, duration);

        async Task RunAsync()
        {
            var start = new WorkflowStart(EmptyWorkflows.Inline.Name, "bench", new { });
            var end = ends.Of(start.WorkflowUuid);
            await client.StartAsync(start, default);
            await end;
        }
    }
}
