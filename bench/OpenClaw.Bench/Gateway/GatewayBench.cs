using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>The gateway under load, with clients and service on the same cores, each phase with a service and a database of its own.</summary>
internal sealed class GatewayBench(BenchOptions options, Report report)
{
    private const int Clients = 100;
    private const int Probes = 300;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StatusLimit = TimeSpan.FromMinutes(1);

    public async Task RunAsync()
    {
        await MessagesAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await BacklogAsync();
        await BenchDatabase.SettleAsync(options.Server);
        await IdleAsync();
        await new LimitCost(options, report).RunAsync();
    }

    private async Task MessagesAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_messages");
        await using var service = await ServiceProcess.StartAsync(database);
        var full = await new MessageLoad(service.Address, Clients, 1000).RunAsync(options.Warmup, TimeSpan.FromSeconds(options.Quick ? 15 : 60));
        var calm = await new MessageLoad(service.Address, Clients, 200).RunAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(options.Quick ? 8 : 20));

        report.Add($"{Clients} clients, messages stored, sent and acknowledged", full.PerSecond, "messages/s");
        report.Add("… to delivery, p50", full.Times.P50, "ms");
        report.Add("… to delivery, p99", full.Times.P99, "ms");
        report.Add("200 messages/s, to delivery, p50", calm.Times.P50, "ms");
        report.Add("200 messages/s, to delivery, p99", calm.Times.P99, "ms");
        report.Require("messages/s", full.PerSecond, 990);
        report.Require("messages lost", full.Lost + calm.Lost, 1, below: true);
        report.Require("messages out of order", full.Early + calm.Early, 1, below: true);
        report.Require("1,000 messages/s, p99, ms", full.Times.P99, 100, below: true);
        report.Require("200 messages/s, p50, ms", calm.Times.P50, 15, below: true);
    }

    private async Task BacklogAsync()
    {
        var parked = options.Quick ? 10_000 : 100_000;
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_backlog");
        await using var service = await ServiceProcess.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, "bench_backlog");
        await using var client = await BenchClient.ConnectAsync(service.Address, "backlog", (_, _) => { });
        var (busy, other) = (await CreateAsync(client, "busy"), await CreateAsync(client, "other"));
        await client.AskAsync("agents.pause", new { agentId = busy });
        await StatusAsync(client, busy, "paused");
        await BenchDatabase.ExecuteAsync(source, SeedSql(parked));
        await BenchDatabase.ExecuteAsync(source, "ANALYZE openclaw_system.notifications");

        // The compiler has to come to rest first.
        await Load.OneAtATimeAsync(() => SayAsync(client, other), Probes * 4);
        var calm = await Load.OneAtATimeAsync(() => SayAsync(client, other), Probes);
        var resumed = Stopwatch.StartNew();
        await client.AskAsync("agents.resume", new { agentId = busy });
        await StatusAsync(client, busy, "running");
        report.Add($"resume of an agent with {Report.Whole(parked)} parked messages", resumed.Elapsed.TotalSeconds, "s");
        var before = await DeliveredAsync(source);
        var clock = Stopwatch.StartNew();
        var meanwhile = await Load.OneAtATimeAsync(() => SayAsync(client, other), Probes);
        var drained = (await DeliveredAsync(source) - before) / clock.Elapsed.TotalSeconds;

        report.Add("another agent's turn before, p50", calm.P50, "ms");
        report.Add("another agent's turn while they are delivered, p50", meanwhile.P50, "ms");
        report.Add("… of which are delivered meanwhile", drained, "messages/s");
        report.Require("another agent's turn, meanwhile / before", meanwhile.P50 / calm.P50, 1.2, below: true);
    }

    private async Task IdleAsync()
    {
        var count = options.Quick ? 1_000 : 5_000;
        var database = await BenchDatabase.CreateAsync(options.Server, "bench_idle");
        await using var service = await ServiceProcess.StartAsync(database);
        var ticks = new ConcurrentDictionary<int, ConcurrentQueue<long>>();
        var clients = new List<BenchClient>();

        // The first ones pay for what every process has once.
        await ConnectAsync(200);
        var (before, held) = (service.Memory, await service.HeldMemoryAsync());
        await ConnectAsync(count);
        report.Add($"memory of the process grown by, for each of {Report.Whole(count)} idle connections", (service.Memory - before) / 1024.0 / count, "KiB");
        var holds = (await service.HeldMemoryAsync() - held) / 1024.0 / count;

        ticks.Clear();
        await Task.Delay((Tick * 2) + TimeSpan.FromSeconds(5));
        var late = ticks.Values.Select(times => times.ToArray())
            .SelectMany(times => times.Zip(times.Skip(1)).Select(pair => Math.Abs(Stopwatch.GetElapsedTime(pair.First, pair.Second).TotalSeconds - Tick.TotalSeconds))).ToArray();
        report.Add("their ticks, off time by at most", late.Length == 0 ? double.PositiveInfinity : late.Max(), "s");
        report.Require("an idle connection holds, KiB", holds, 40, below: true);
        report.Require("connections that get their ticks, of all", ticks.Count / (double)clients.Count, 1);
        report.Require("ticks off time, s", late.DefaultIfEmpty(double.MaxValue).Max(), 2, below: true);
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));

        async Task ConnectAsync(int more)
        {
            foreach (var batch in Enumerable.Range(clients.Count, more).Chunk(50))
            {
                clients.AddRange(await Task.WhenAll(batch.Select(index => BenchClient.ConnectAsync(service.Address, $"idle-{index}", (name, _) =>
                {
                    if (name == "tick")
                    {
                        ticks.GetOrAdd(index, _ => new()).Enqueue(Stopwatch.GetTimestamp());
                    }
                }))));
            }
        }
    }

    // As the router would have parked them.
    private static string SeedSql(int count) =>
        $"""
        INSERT INTO openclaw_system.notifications
            (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, state_reason, expires_at)
        SELECT gen_random_uuid(), 'parked-' || i, a.user_id, 'bench', 'agent:' || a.id, a.id, a.openclaw_session_key, 'number ' || i, jsonb_build_object(), 'parked',
               'It came while the agent was paused.', now() + interval '7 days'
        FROM openclaw.agents a, generate_series(1, {count}) i WHERE a.name = 'busy'
        """;

    private static async Task<string> CreateAsync(BenchClient client, string name)
    {
        var agent = (await client.AskAsync("agents.create", new { name })).GetProperty("agentId").GetString()!;
        await StatusAsync(client, agent, "running");
        return agent;
    }

    private static async Task StatusAsync(BenchClient client, string agent, string status)
    {
        if (await Until.ItHoldsAsync(HasItAsync, StatusLimit) is null)
        {
            throw new TimeoutException($"Agent {agent} was not {status} within {StatusLimit.TotalSeconds:0} s.");
        }

        async Task<bool> HasItAsync() => (await client.AskAsync("agents.list", new { })).GetProperty("agents").EnumerateArray()
            .Single(row => row.GetProperty("id").GetString() == agent).GetProperty("status").GetString() == status;
    }

    private static Task<JsonElement> SayAsync(BenchClient client, string agent) =>
        client.AskAsync("agent", new { agentId = agent, message = "hello", idempotencyKey = Guid.NewGuid().ToString() });

    private static Task<long> DeliveredAsync(NpgsqlDataSource source) =>
        source.NumberAsync("SELECT count(*) FROM openclaw_system.notifications WHERE sender = 'bench' AND state = 'delivered'");
}
