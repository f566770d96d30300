using System.Diagnostics;
using Npgsql;
using OpenClaw.Bench.Heartbeats;
using Spectre.Console;

namespace OpenClaw.Bench.Soak;

/// <summary>
/// Three services on one database, one of them with a wrong clock, each killed in turn with SIGKILL; some agents hang, and
/// halfway the database is away. Then every other heart must have beaten in its phase, never twice, and must have missed a
/// beat only while there was no database.
/// </summary>
internal sealed class HeartbeatSoak(SoakOptions options) : IAsyncDisposable
{
    private const int Agents = 1_000;
    private const int Hung = 20;

    private static readonly TimeSpan WrongBy = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HungTurn = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(3);

    private readonly SoakedServices _services = new();

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, SoakOptions.Database);
        for (var i = 0; i < SoakOptions.Servers; i++)
        {
            _services.Add(await ServiceProcess.StartAsync(database, i == 0 ? WrongBy : TimeSpan.Zero));
        }

        await using var source = BenchDatabase.Open(options.Server, SoakOptions.Database);
        await BeatingAgents.SeedAsync(source, Agents, "now() + random() * interval '1 minute'", "1 minute");
        await BeatingAgents.SeedAsync(source, Hung, "now() + random() * interval '1 minute'", "1 minute", HungTurn);
        await KillUntilAsync(options.Duration / 2);
        var away = DateTime.UtcNow;
        await BeAwayAsync();
        source.Clear();
        var back = DateTime.UtcNow;
        await KillUntilAsync(options.Duration / 2);

        await BenchDatabase.ExecuteAsync(source, "UPDATE openclaw.agents SET heartbeat_enabled = false, next_heartbeat_at = NULL");
        var drained = await Until.ItHoldsAsync(
            async () => await source.NumberAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE status IN ('ENQUEUED', 'PENDING')") == 0, DrainLimit);
        return await JudgeAsync(source, away, back, drained);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task KillUntilAsync(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed + BetweenKills < duration)
        {
            await Task.Delay(BetweenKills);
            await _services.KillNextAsync();
        }
    }

    // Nobody gets in, and who is in is thrown out.
    private async Task BeAwayAsync()
    {
        await using var server = NpgsqlDataSource.Create(options.Server);
        await BenchDatabase.ExecuteAsync(server, $"ALTER DATABASE {SoakOptions.Database} ALLOW_CONNECTIONS false");
        await BenchDatabase.ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{SoakOptions.Database}'");
        await Task.Delay(Outage);
        await BenchDatabase.ExecuteAsync(server, $"ALTER DATABASE {SoakOptions.Database} ALLOW_CONNECTIONS true");
    }

    private async Task<bool> JudgeAsync(NpgsqlDataSource source, DateTime away, DateTime back, TimeSpan? drained)
    {
        const string Healthy = "(SELECT id FROM openclaw.agents WHERE configuration ->> 'turn_delay_ms' = '0')";
        var gaps = $"""
            SELECT count(*) FROM (
                SELECT due_at, due_at - lag(due_at) OVER (PARTITION BY agent_id ORDER BY due_at) AS gap FROM openclaw.heartbeat_executions WHERE agent_id IN {Healthy}) b
            """;
        var judgement = new Judgement();
        judgement.Count("agents that never beat", await source.NumberAsync("SELECT count(*) FROM openclaw.agents a WHERE NOT EXISTS (SELECT FROM openclaw.heartbeat_executions e WHERE e.agent_id = a.id)"), 0);
        judgement.Count("beats doubled", await source.NumberAsync("SELECT count(*) - count(DISTINCT (agent_id, due_at)) FROM openclaw.heartbeat_executions"), 0);
        judgement.Count("beats out of phase", await source.NumberAsync($"{gaps} WHERE extract(epoch FROM gap)::numeric % 60 <> 0"), 0);
        judgement.Count("beats missed while there was a database", await source.NumberAsync($"{gaps} WHERE gap > '1 minute' AND NOT (due_at - gap < '{back:O}' AND due_at > '{away:O}')"), 0);
        judgement.Count("beats of agents that are well, ended otherwise", await source.NumberAsync($"SELECT count(*) FROM openclaw.heartbeat_executions WHERE status <> 'ok' AND agent_id IN {Healthy}"), 0);
        judgement.Count("beats of agents that hang, ended well", await source.NumberAsync($"SELECT count(*) FROM openclaw.heartbeat_executions WHERE status = 'ok' AND agent_id NOT IN {Healthy}"), 0);
        judgement.Count("beats left open", drained is null ? 1 : 0, 0);
        var beats = await source.NumberAsync("SELECT count(*) FROM openclaw.heartbeat_executions");
        var late = await source.ReadAsync<double>($"SELECT percentile_disc(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - due_at)::float8) FROM openclaw.heartbeat_executions WHERE agent_id IN {Healthy}");
        AnsiConsole.MarkupLineInterpolated($"{beats:N0} beats of {Agents + Hung:N0} agents, {_services.Kills} services killed, {await source.NumberAsync("SELECT count(*) FROM openclaw_system.workflow_events WHERE kind = 'step_interrupted'")} steps interrupted, begun within {late:F1} s (p99), drained in {drained?.TotalSeconds:F1} s.");
        judgement.Print();
        return judgement.Holds;
    }
}
