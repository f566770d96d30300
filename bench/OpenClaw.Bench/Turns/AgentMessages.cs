using Npgsql;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Heartbeats;

namespace OpenClaw.Bench.Turns;

/// <summary>Messages to agents that answer at once, from the client's request until it has the reply, each stored on the way.</summary>
internal sealed class AgentMessages(BenchOptions options, Report report)
{
    private const string Name = "bench_agent_messages";
    private const int Agents = 200;
    private const int InFlight = 100;

    // Each hears of every message of every agent; a connection has 32 requests under way.
    public const int Clients = 4;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await ServiceProcess.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        await using var clients = await AgentClients.ConnectAsync(service.Address, Clients, await SeedAsync(source, Agents));

        var full = await Load.FullAsync(clients.SayAsync, InFlight, options.FirstWarmup, options.Load);
        await Load.SteadyAsync(clients.SayAsync, 50, options.Warmup);
        var steady = await Load.SteadyAsync(clients.SayAsync, 50, options.Load);

        report.Add($"messages to {Agents} agents on local/echo, answered, full load", full, "messages/s");
        report.Add("… at 50 a second, p50", steady.P50, "ms");
        report.Add("… p95", steady.P95, "ms");
        report.Add("… p99", steady.P99, "ms");
        report.Require("messages to agents, answered a second", full, 400);
        report.Require("messages to agents at 50 a second, p50, ms", steady.P50, 15, below: true);
    }

    /// <summary>Agents whose hearts do not beat meanwhile. Returns their ids.</summary>
    public static async Task<string[]> SeedAsync(NpgsqlDataSource source, int count, string model = "local/echo")
    {
        await BeatingAgents.SeedAsync(source, count, "now() + interval '1 day'", "1 day", model: model);
        return await source.ReadAsync<string[]>($"SELECT array_agg(id::text) FROM openclaw.agents WHERE model = '{model}'");
    }
}
