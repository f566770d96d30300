namespace OpenClaw.Bench.Turns;

/// <summary>What turns of agents cost: those that are over at once, and thousands that wait.</summary>
internal sealed class TurnBench(BenchOptions options, Report report)
{
    public async Task RunAsync()
    {
        await new AgentMessages(options, report).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await new HungTurns(options, report).RunAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await new LongLine(options, report).RunAsync();
    }
}
