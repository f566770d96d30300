using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace OpenClaw.Bench.Engine;

/// <summary>The same five empty steps in another engine, a process of its own, on the same PostgreSQL.</summary>
internal static class Peer
{
    /// <summary>DBOS, which the product replaces.</summary>
    public static Task<PeerFigures> RunDbosAsync(BenchOptions options) =>
        RunAsync(options, "bench_dbos", new ProcessStartInfo("node", ["bench.mjs"]) { WorkingDirectory = options.DbosPeer });

    /// <summary>Plain Hangfire, by its own continuations, with the settings that are best for it: no long polling, a poll each 200 ms.</summary>
    public static Task<PeerFigures> RunHangfireAsync(BenchOptions options) =>
        RunAsync(options, "bench_hangfire", new ProcessStartInfo("dotnet", [options.HangfirePeer!]));

    private static async Task<PeerFigures> RunAsync(BenchOptions options, string database, ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["BENCH_DATABASE_URL"] = await BenchDatabase.CreateAsync(options.Server, database);
        start.Environment["BENCH_CONNECTION"] = new NpgsqlConnectionStringBuilder(options.Server) { Database = database }.ConnectionString;
        start.Environment["BENCH_WARMUP_MS"] = options.Warmup.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["BENCH_LOAD_MS"] = options.Load.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        start.Environment["BENCH_SINGLES"] = options.Singles.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<PeerFigures>(output.Trim().Split('\n')[^1], JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"The peer of {database} failed: {await errors}");
    }
}

/// <summary>What a peer prints.</summary>
/// <param name="Version">Of its package.</param>
/// <param name="PerSecond">Workflows at full load, the best of several numbers under way.</param>
/// <param name="P50">Milliseconds, one at a time.</param>
/// <param name="P99">Milliseconds, one at a time.</param>
/// <param name="JobsPerSecond">Single jobs at full load, where it has such.</param>
internal sealed record PeerFigures(string Version, double PerSecond, double P50, double P99, double JobsPerSecond = 0);
