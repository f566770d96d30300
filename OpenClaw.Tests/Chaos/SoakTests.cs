using System.Diagnostics;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>The short form of scripts/soak; what it must find is told there.</summary>
public sealed class SoakTests
{
    private const int Seconds = 60;

    [Test]
    [CancelAfter(180_000)]
    public async Task Every_job_is_done_once_although_servers_are_killed(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpenClaw.Bench.dll"), "soak", "--seconds", $"{Seconds}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["BENCH_SERVER"] = await TestServer.ConnectionStringAsync() },
        };
        using var soak = Process.Start(start)!;
        var told = await soak.StandardOutput.ReadToEndAsync(cancellationToken);
        await soak.WaitForExitAsync(cancellationToken);

        Assert.That(soak.ExitCode, Is.Zero, told);
        await TestContext.Out.WriteLineAsync(told);
    }
}
