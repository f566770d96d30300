using System.Diagnostics;

namespace OpenClaw.Bench.Engine;

/// <summary>The service as <c>scripts/run</c> builds it, from the start of its process until it is ready.</summary>
/// <param name="assembly">The built service.</param>
/// <param name="databaseUrl">A migrated database.</param>
internal sealed class Starts(string assembly, string databaseUrl)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Milliseconds of each.</summary>
    public async Task<Latency> MeasureAsync(int count)
    {
        // The first one reads everything from the disk.
        await StartAsync();
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            times.Add(await StartAsync());
        }

        return Latency.Of([.. times]);
    }

    private async Task<double> StartAsync()
    {
        var port = ServiceProcess.FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("DATABASE_URL", databaseUrl), ("HOST", "127.0.0.1"), ("PORT", $"{port}"), ("AUTH_TOKEN", BenchService.Token), ("LOG_LEVEL", "error") })
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var service = Process.Start(start)!;
        while (!await IsReadyAsync(http))
        {
            await Task.Delay(Pause);
        }

        var time = clock.Elapsed.TotalMilliseconds;
        service.Kill();
        await service.WaitForExitAsync();
        return time;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
