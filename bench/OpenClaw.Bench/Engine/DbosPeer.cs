using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OpenClaw.Bench.Engine;

/// <summary>The same five empty steps in DBOS, which the product replaces, on the same PostgreSQL.</summary>
internal static class DbosPeer
{
    public static async Task<DbosFigures> RunAsync(BenchOptions options)
    {
        var start = new ProcessStartInfo("node", ["bench.mjs"])
        {
            WorkingDirectory = options.DbosPeer,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["BENCH_DATABASE_URL"] = await BenchDatabase.CreateAsync(options.Server, "bench_dbos"),
                ["BENCH_WARMUP_MS"] = options.Warmup.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
                ["BENCH_LOAD_MS"] = options.Load.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
                ["BENCH_SINGLES"] = options.Singles.ToString(CultureInfo.InvariantCulture),
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<DbosFigures>(output.Trim().Split('\n')[^1], JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"The DBOS peer failed: {await errors}");
    }
}

/// <summary>What the peer prints.</summary>
/// <param name="Version">Of its package.</param>
/// <param name="PerSecond">Workflows at full load, the best of several numbers under way.</param>
/// <param name="P50">Milliseconds, one at a time.</param>
/// <param name="P99">Milliseconds, one at a time.</param>
internal sealed record DbosFigures(string Version, double PerSecond, double P50, double P99);
