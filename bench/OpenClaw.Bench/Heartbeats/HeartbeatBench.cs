namespace OpenClaw.Bench.Heartbeats;

/// <summary>Hearts that beat on time, what finding them costs, the monitor over a long ledger, and work that outlives its process.</summary>
internal sealed class HeartbeatBench(BenchOptions options, Report report)
{
    public async Task RunAsync()
    {
        await new PunctualBeats(options, report).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await new SweepCost(options, report).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await new MonitorQueries(options, report).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await new TakeOver(options, report).RunAsync();
    }
}
