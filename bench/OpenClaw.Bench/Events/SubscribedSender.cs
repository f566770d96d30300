using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Turns;

namespace OpenClaw.Bench.Events;

/// <summary>
/// What 10,000 subscriptions cost who sends messages, ten of which are told of some of them: in turns with a second service that has none, so
/// that what the machine does meanwhile is in both figures.
/// </summary>
internal sealed class SubscribedSender(BenchOptions options, Report report)
{
    private const string Name = "bench_events";
    private const int Agents = 200;
    private const int InFlight = 100;
    private const int Rounds = 6;
    private const int Subscriptions = 10_000;
    private const int Told = 10;

    private static readonly string[] Events = ["workflow.succeeded"];

    private int _posted;

    public async Task RunAsync()
    {
        await using var target = LocalServer.Build();
        target.Run(context =>
        {
            Interlocked.Increment(ref _posted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await target.StartAsync();

        await using var without = await Side.StartAsync(options.Server, Name + "_without");
        await using var with = await Side.StartAsync(options.Server, Name);
        await SubscribeAsync(with, target.Urls.Single());
        foreach (var side in new[] { without, with })
        {
            await side.LoadAsync(options.FirstWarmup, TimeSpan.FromSeconds(1));
        }

        await BenchDatabase.SettleAsync(options.Server);
        var (alone, beside) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            // Who comes second in one round comes first in the next.
            foreach (var side in round % 2 == 0 ? new[] { without, with } : [with, without])
            {
                var rate = await side.LoadAsync(options.Warmup / Rounds, options.Load / 2) / Rounds;
                (alone, beside) = side == with ? (alone, beside + rate) : (alone + rate, beside);
            }
        }

        report.Add("messages to agents, answered, without a subscription", alone, "messages/s");
        report.Add($"… with {Report.Whole(Subscriptions)}, {Told} of which are told of an agent's messages", beside, "messages/s");
        report.Add("events that were posted meanwhile", _posted, "");
        report.Require("sender, with subscriptions / without", beside / alone, 0.95);
    }

    // A third is for a type that does not happen, a third for agents that are not written to, a third for a workflow that does not run.
    private static async Task SubscribeAsync(Side side, string address)
    {
        using var http = side.Service.Connect();
        using var answer = await http.PostAsJsonAsync("/api/v1/subscriptions", new { url = address, events = Events });
        answer.EnsureSuccessStatusCode();
        await BenchDatabase.ExecuteAsync(
            side.Database,
            $"""
            INSERT INTO openclaw.subscriptions (id, owner, url, secret, events, workflows, agent_ids, cursor, newest, created_by)
            SELECT gen_random_uuid(), s.owner, s.url, s.secret,
                CASE WHEN i > {Told} AND i % 3 = 0 THEN ARRAY['workflow.failed'] ELSE s.events END,
                CASE WHEN i <= {Told} THEN ARRAY['route_message'] WHEN i % 3 = 1 THEN ARRAY['stop_agent'] ELSE s.workflows END,
                CASE WHEN i <= {Told} THEN ARRAY[agents.ids[i]] WHEN i % 3 = 2 THEN ARRAY[gen_random_uuid()] ELSE s.agent_ids END, s.cursor, s.newest, s.created_by
            FROM openclaw.subscriptions s, generate_series(1, {Subscriptions}) i, (SELECT array_agg(id) AS ids FROM openclaw.agents) agents;
            DELETE FROM openclaw.subscriptions WHERE events = ARRAY['workflow.succeeded'] AND workflows = ARRAY[]::text[] AND agent_ids = ARRAY[]::uuid[];
            """);
        await BenchDatabase.ExecuteAsync(side.Database, "VACUUM ANALYZE openclaw.subscriptions");
    }

    private sealed record Side(ServiceProcess Service, NpgsqlDataSource Database, AgentClients Clients) : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(string server, string name)
        {
            var service = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(server, name), settings: ["WEBHOOK_HOSTS=127.0.0.1"]);
            var database = BenchDatabase.Open(server, name);
            return new Side(service, database, await AgentClients.ConnectAsync(service.Address, AgentMessages.Clients, await AgentMessages.SeedAsync(database, Agents)));
        }

        /// <summary>Messages a second.</summary>
        public Task<double> LoadAsync(TimeSpan warmup, TimeSpan duration) => Load.FullAsync(Clients.SayAsync, InFlight, warmup, duration);

        public async ValueTask DisposeAsync()
        {
            await Clients.DisposeAsync();
            await Database.DisposeAsync();
            await Service.DisposeAsync();
        }
    }
}
