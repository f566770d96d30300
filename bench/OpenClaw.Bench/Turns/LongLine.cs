using Npgsql;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Turns;

/// <summary>What other agents notice of one for which very many messages wait, each with its run.</summary>
internal sealed class LongLine(BenchOptions options, Report report)
{
    private const string Name = "bench_line";
    private const int Others = 200;
    private const int InFlight = 100;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await ServiceProcess.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var (busy, others) = await SeedAsync(source);
        await using var clients = await AgentClients.ConnectAsync(service.Address, AgentMessages.Clients, others);
        await Load.FullAsync(clients.SayAsync, InFlight, options.FirstWarmup, TimeSpan.Zero);

        var (waiting, none) = (0, 0.0);
        foreach (var length in options.Lines)
        {
            await AddAsync(source, busy, waiting, length);
            waiting = length;
            await BenchDatabase.SettleAsync(options.Server);
            var full = await Load.FullAsync(clients.SayAsync, InFlight, options.Warmup, options.Load);
            report.Add($"others' messages while {Report.Whole(length)} runs of one agent wait, full load", full, "messages/s");
            none = length == 0 ? full : none;
            if (length > 0)
            {
                report.Require($"others' messages, {Report.Whole(length)} runs of one agent waiting: how much slower", none / full, 1.2, below: true);
            }
        }
    }

    private static async Task<(Guid Busy, string[] Others)> SeedAsync(NpgsqlDataSource source)
    {
        var agents = await AgentMessages.SeedAsync(source, Others + 1);
        return (Guid.Parse(agents[0]), agents[1..]);
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
