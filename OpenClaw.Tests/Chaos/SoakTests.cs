using System.Diagnostics;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>The short form of scripts/soak; what it must find is told there.</summary>
public sealed class SoakTests
{
    [Test]
    [CancelAfter(180_000)]
    public Task Every_job_is_done_once_although_servers_are_killed(CancellationToken cancellationToken) => RunAsync(["--seconds", "40", "--any-speed"], cancellationToken);

    [Test]
    [CancelAfter(180_000)]
    [Category("Slow")]
    public Task Two_hundred_strangers_cost_a_client_that_is_signed_in_nothing_and_the_service_no_memory(CancellationToken cancellationToken) =>
        RunAsync(["strangers", "--seconds", "10", "--any-speed"], cancellationToken);

    private static async Task RunAsync(string[] part, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpenClaw.Bench.dll"), "soak", .. part])
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
