using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OpenClaw.Bench.Turns;
using Spectre.Console;

namespace OpenClaw.Bench.Soak;

/// <summary>
/// A program asks agents by SQL at a steady rate, each request in a transaction of its own of which some are rolled back, while two
/// services are killed in turn with SIGKILL. Then what was committed must be one message with one reply each, and the rest nothing.
/// </summary>
internal sealed class SqlSoak(SqlSoakOptions options) : IAsyncDisposable
{
    private const string Role = "soak_shop";
    private const string Replies = "SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL";
    private const string Messages = $"FROM openclaw_system.notifications WHERE sender = 'sql:{Role}'";
    private const int Agents = 200;
    private const int Askers = 8;

    // One of so many thinks better of it.
    private const int RolledBack = 20;

    // It is asked faster than two cores answer.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);

    private readonly SoakedServices _services = new();
    private readonly ConcurrentBag<Guid> _committed = [];
    private int _rolledBack;

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, SqlSoakOptions.Database);
        for (var service = 0; service < 2; service++)
        {
            _services.Add(await ServiceProcess.StartAsync(database));
        }

        await using var source = BenchDatabase.Open(options.Server, SqlSoakOptions.Database);
        var agents = await AgentMessages.SeedAsync(source, Agents);
        await BenchDatabase.ExecuteAsync(
            source,
            $"""
            DROP ROLE IF EXISTS {Role};
            CREATE ROLE {Role} LOGIN PASSWORD '{Role}';
            GRANT USAGE ON SCHEMA openclaw TO {Role};
            GRANT EXECUTE ON FUNCTION openclaw.send(text, text, text), openclaw.answer(uuid) TO {Role};
            """);

        await using var shop = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.Server)
        {
            Database = SqlSoakOptions.Database,
            Username = Role,
            Password = Role,
            MaxPoolSize = Askers,
            MaxAutoPrepare = 5,
        }.ConnectionString);
        var clock = Stopwatch.StartNew();
        var asking = Task.WhenAll(Enumerable.Range(0, Askers).Select(asker => AskAsync(shop, agents, asker, clock)));
        await KillAsync();
        await asking;
        var asked = clock.Elapsed;
        var drained = await Until.ItHoldsAsync(async () => await source.NumberAsync(Replies) >= _committed.Count, DrainLimit);
        return await JudgeAsync(source, shop, asked, drained);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // Each has times of its own at which it asks, and asks late rather than not when it is behind them.
    private async Task AskAsync(NpgsqlDataSource shop, string[] agents, int asker, Stopwatch clock)
    {
        await using var connection = await shop.OpenConnectionAsync();
        for (var count = 0; ; count++)
        {
            var number = (count * Askers) + asker;
            var due = TimeSpan.FromSeconds((double)number / options.Rate);
            if (due >= options.Duration)
            {
                return;
            }

            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed);
            }

            await using var transaction = await connection.BeginTransactionAsync();
            await using var ask = new NpgsqlCommand("SELECT openclaw.send($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = agents[number % agents.Length] }, new() { Value = $"question {number}" }, new() { Value = number.ToString(CultureInfo.InvariantCulture) } },
            };
            var request = (Guid)(await ask.ExecuteScalarAsync())!;
            if (number % RolledBack == 0)
            {
                await transaction.RollbackAsync();
                Interlocked.Increment(ref _rolledBack);
            }
            else
            {
                await transaction.CommitAsync();
                _committed.Add(request);
            }
        }
    }

    private async Task KillAsync()
    {
        for (var kill = 0; kill < options.Kills; kill++)
        {
            await Task.Delay(options.Duration / (options.Kills + 1));
            await _services.KillNextAsync();
        }
    }

    private async Task<bool> JudgeAsync(NpgsqlDataSource source, NpgsqlDataSource shop, TimeSpan asked, TimeSpan? drained)
    {
        var judgement = new Judgement();
        judgement.Seconds($"{options.Rate * options.Duration.TotalSeconds:N0} requests asked within", asked.TotalSeconds, options.Duration.TotalSeconds + 1);
        judgement.Seconds("the last reply after the last request", drained?.TotalSeconds ?? double.PositiveInfinity, DrainLimit.TotalSeconds);
        judgement.Count("messages", await source.NumberAsync($"SELECT count(*) {Messages}"), _committed.Count);
        judgement.Count("… that are different ones", await source.NumberAsync($"SELECT count(DISTINCT content) {Messages}"), _committed.Count);
        judgement.Count("replies", await source.NumberAsync(Replies), _committed.Count);
        judgement.Count("requests whose reply the program reads", await ReadAsync(shop), _committed.Count);
        judgement.Print();
        AnsiConsole.MarkupLineInterpolated($"{_committed.Count:N0} requests were committed, {_rolledBack:N0} rolled back, {options.Kills} services killed.");
        return judgement.Holds;
    }

    private async Task<long> ReadAsync(NpgsqlDataSource shop)
    {
        await using var command = shop.CreateCommand("SELECT count(*) FROM unnest($1) AS id CROSS JOIN LATERAL openclaw.answer(id) a WHERE a.status = 'answered' AND a.reply <> ''");
        command.Parameters.Add(new() { Value = _committed.ToArray() });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
