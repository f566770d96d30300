using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace OpenClaw.Bench.Engine;

/// <summary>PostgreSQL's own bench: how many small commits this server makes, whoever asks.</summary>
internal static partial class Pgbench
{
    public static async Task<double> CommitsAsync(BenchOptions options, int clients)
    {
        await BenchDatabase.CreateAsync(options.Server, "bench_pgbench");
        await RunAsync(options, "-i", "-q", "-s", "10");
        var output = await RunAsync(options, "-N", "-c", Text(clients), "-j", "2", "-T", Text((int)options.Load.TotalSeconds));
        return double.Parse(Figure().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(BenchOptions options, params string[] arguments)
    {
        var server = new NpgsqlConnectionStringBuilder(options.Server);
        var start = new ProcessStartInfo(options.Pgbench, [.. arguments, "-h", server.Host!, "-p", Text(server.Port), "-U", server.Username!, "bench_pgbench"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = server.Password },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Figure();
}
