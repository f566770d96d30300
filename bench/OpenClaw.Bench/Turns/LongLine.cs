using Npgsql;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Turns;

/// <summary>
/// What other agents notice of one for which very many messages wait, each with its run: in turns with a second service,
/// which has no line, so that what the machine does meanwhile is in both figures.
/// </summary>
internal sealed class LongLine(BenchOptions options, Report report)
{
    private const string Name = "bench_line";
    private const int Others = 200;
    private const int InFlight = 100;
    private const int Rounds = 3;

    public async Task RunAsync()
    {
        await using var without = await Side.StartAsync(options.Server, Name + "_without");
        await using var with = await Side.StartAsync(options.Server, Name);
        foreach (var side in new[] { without, with })
        {
            await side.LoadAsync(options.FirstWarmup, TimeSpan.FromSeconds(1));
        }

        var waiting = 0;
        foreach (var length in options.Lines)
        {
            await AddAsync(with.Database, with.Busy, waiting, length);
            waiting = length;
            await BenchDatabase.SettleAsync(options.Server);
            var (alone, beside) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                alone += await without.LoadAsync(options.Warmup, options.Load / Rounds) / Rounds;
                beside += await with.LoadAsync(options.Warmup, options.Load / Rounds) / Rounds;
            }

            report.Add($"others' messages while {Report.Whole(length)} runs of one agent wait, full load", beside, "messages/s");
            report.Add("… without any, in turns with it", alone, "messages/s");
            report.Require($"others' messages, {Report.Whole(length)} runs of one agent waiting: how much slower", alone / beside, 1.2, below: true);
        }
    }

    /// <summary>A service with a database of its own, the agent that has the line, and clients of the others.</summary>
    private sealed record Side(ServiceProcess Service, NpgsqlDataSource Database, AgentClients Clients, Guid Busy) : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(string server, string name)
        {
            var service = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(server, name));
            var database = BenchDatabase.Open(server, name);
            var agents = await AgentMessages.SeedAsync(database, Others + 1);
            return new Side(service, database, await AgentClients.ConnectAsync(service.Address, AgentMessages.Clients, agents[1..]), Guid.Parse(agents[0]));
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

    // As the router writes them behind a turn that is under way.
    private static async Task AddAsync(NpgsqlDataSource source, Guid agent, int from, int to)
    {
        await BenchDatabase.ExecuteAsync(
            source,
            $$"""
            WITH line AS MATERIALIZED (SELECT i, gen_random_uuid() AS message, gen_random_uuid() AS run FROM generate_series({{from + 1}}, {{to}}) i), messages AS (
                INSERT INTO openclaw_system.notifications
                    (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, workflow_uuid, expires_at)
                SELECT message, 'line-' || i, 'admin', 'bench', 'agent:{{agent}}', '{{agent}}', 'agent:web:{{agent}}', 'number ' || i, '{}', 'accepted', run, now() + interval '7 days'
                FROM line
            ), runs AS (
                INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at, queue)
                SELECT run, 'route_message', 1, 'inline', 'ENQUEUED', '{{agent}}', 'admin', jsonb_build_object('message_id', message), now() + interval '1 hour', 'messages'
                FROM line
            )
            INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name)
            SELECT run, position - 1, step FROM line, unnest(ARRAY['resolve_recipient', 'deliver', 'reply']) WITH ORDINALITY AS s (step, position)
            """);
        await BenchDatabase.ExecuteAsync(source, "VACUUM ANALYZE");
    }
}
