using System.Diagnostics;
using System.Transactions;
using Hangfire;
using Npgsql;
using Spectre.Console;

namespace OpenClaw.Bench.Soak;

/// <summary>
/// Three servers on one database, each killed in turn with SIGKILL while chains of jobs are created all the time. Then
/// every job must have been performed at least once and finished exactly once, in order, and none may be left.
/// </summary>
internal sealed class SoakRun(SoakOptions options) : IAsyncDisposable
{
    private const int Steps = 3;
    private const int ChainsAtOnce = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(1);

    private readonly List<Process> _servers = [];
    private readonly List<DateTime> _kills = [];
    private int _chains;

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        await BenchDatabase.CreateAsync(options.Server, SoakOptions.Database);
        await using var source = SoakEngine.Open(options);
        await BenchDatabase.ExecuteAsync(source, SoakEngine.CreateRunsSql);
        using var locks = SoakEngine.Locks(options);
        using var storage = SoakEngine.Storage(source, locks);
        var client = new BackgroundJobClient(storage);
        for (var i = 0; i < SoakOptions.Servers; i++)
        {
            _servers.Add(StartServer());
        }

        await LoadAsync(client);
        var drained = await Until.ItHoldsAsync(
            // A job that has succeeded is taken off the queue after that.
            async () => await source.NumberAsync("SELECT (SELECT count(*) FROM hangfire.job WHERE statename NOT IN ('Succeeded', 'Deleted', 'Failed')) + (SELECT count(*) FROM hangfire.jobqueue)") == 0,
            DrainLimit);
        return await JudgeAsync(source, drained);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
    }

    private static Process StartServer() =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(SoakRun).Assembly.Location, "soak-server"]) { RedirectStandardInput = true })!;

    private async Task LoadAsync(BackgroundJobClient client)
    {
        var clock = Stopwatch.StartNew();
        var nextKill = SoakOptions.BetweenKills;
        while (clock.Elapsed < options.Duration)
        {
            for (var i = 0; i < ChainsAtOnce; i++)
            {
                Create(client, _chains++);
            }

            if (clock.Elapsed > nextKill)
            {
                await KillAsync(_kills.Count % SoakOptions.Servers);
                nextKill += SoakOptions.BetweenKills;
            }

            await Task.Delay(Pause);
        }
    }

    private static void Create(BackgroundJobClient client, int chain)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled);
        var job = client.Enqueue(() => SoakJobs.StepAsync(chain, 1, CancellationToken.None));
        for (var step = 2; step <= Steps; step++)
        {
            var number = step;
            job = client.ContinueJobWith(job!, () => SoakJobs.StepAsync(chain, number, CancellationToken.None));
        }

        scope.Complete();
    }

    private async Task KillAsync(int index)
    {
        var server = _servers[index];
        server.Kill();
        await server.WaitForExitAsync();
        _kills.Add(DateTime.UtcNow);
        server.Dispose();
        _servers[index] = StartServer();
    }

    private async Task<bool> JudgeAsync(NpgsqlDataSource source, TimeSpan? drained)
    {
        var jobs = _chains * Steps;
        var slowest = await SlowestRestartAsync(source);
        var judgement = new Judgement();
        judgement.Count("jobs that succeeded", await source.NumberAsync("SELECT count(*) FROM hangfire.job WHERE statename = 'Succeeded'"), jobs);
        judgement.Count("jobs performed", await source.NumberAsync("SELECT count(*) FROM (SELECT DISTINCT chain, step FROM runs) r"), jobs);
        judgement.Count("jobs finished twice", await source.NumberAsync("SELECT count(*) FROM (SELECT jobid FROM hangfire.state WHERE name = 'Succeeded' GROUP BY jobid HAVING count(*) > 1) s"), 0);
        judgement.Count("steps before the one they follow", await source.NumberAsync("SELECT count(*) FROM (SELECT min(at) < lag(min(at)) OVER (PARTITION BY chain ORDER BY step) AS early FROM runs GROUP BY chain, step) s WHERE early"), 0);
        judgement.Count("left in the queue", await source.NumberAsync("SELECT count(*) FROM hangfire.jobqueue"), 0);
        judgement.Count("left waiting", await source.NumberAsync("SELECT count(*) FROM hangfire.set WHERE key IN ('awaiting', 'schedule')"), 0);
        judgement.Count("stuck", drained is null ? 1 : 0, 0);
        if (options.JudgesSpeed)
        {
            judgement.Seconds("orphaned work started anew within", slowest, (SoakOptions.Invisibility + SoakOptions.Tolerance).TotalSeconds);
        }

        AnsiConsole.MarkupLineInterpolated($"{jobs:N0} jobs in chains of {Steps}, {_kills.Count} servers killed, {await source.NumberAsync("SELECT count(*) FROM runs") - jobs} jobs begun more than once, drained in {drained?.TotalSeconds:F1} s.");
        judgement.Print();
        return judgement.Holds;
    }

    // From the kill that interrupted a job to its next start.
    private async Task<double> SlowestRestartAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            SELECT coalesce(max(extract(epoch FROM again - killed)), 0)::float8
            FROM (
                SELECT createdat AS started, lead(createdat) OVER (PARTITION BY jobid ORDER BY id) AS again
                FROM hangfire.state WHERE name = 'Processing'
            ) s, LATERAL (SELECT min(k) AS killed FROM unnest($1) AS k WHERE k > started) n
            WHERE again IS NOT NULL AND killed < again
            """);
        command.Parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = [.. _kills] });
        return (double)(await command.ExecuteScalarAsync())!;
    }
}
