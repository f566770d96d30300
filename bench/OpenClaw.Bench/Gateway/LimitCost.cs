using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>What limits cost a request: two services, one of them without, are asked in turns, so that both have the same machine.</summary>
internal sealed class LimitCost(BenchOptions options, Report report)
{
    private const double Most = 0.3;

    private static readonly string[] Scopes = ["read"];
    private static readonly string[] None = ["STRANGER_REQUESTS_PER_MINUTE=0", "KEY_REQUESTS_PER_MINUTE=0", "KEY_REQUESTS_AT_ONCE=0"];

    public async Task RunAsync()
    {
        var count = options.Quick ? 2_000 : 5_000;
        await using var limited = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_limited"));
        await using var free = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_free"), settings: None);
        using var withLimits = await WithKeyAsync(limited);
        using var without = await WithKeyAsync(free);
        var (first, second) = (new List<double>(count), new List<double>(count));
        for (var i = -count / 2; i < count; i++)
        {
            var (one, other) = (await TimeAsync(withLimits), await TimeAsync(without));
            if (i >= 0)
            {
                first.Add(one);
                second.Add(other);
            }
        }

        var (with, free50) = (Latency.Of([.. first]), Latency.Of([.. second]));
        report.Add("a request of a key, with limits, p50", with.P50, "ms");
        report.Add("… without, p50", free50.P50, "ms");
        report.Require("limits cost a request, p50, ms", with.P50 - free50.P50, Most, below: true);
    }

    private static async Task<HttpClient> WithKeyAsync(ServiceProcess service)
    {
        var http = service.Connect();
        using var made = await http.PostAsJsonAsync("/api/v1/keys", new { name = "bench", scopes = Scopes });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<double> TimeAsync(HttpClient http)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri("/api/v1/openclaw/status", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
