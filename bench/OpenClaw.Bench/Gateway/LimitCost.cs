using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>
/// What keys and limits cost a request, and what the database's second net costs one of a team: several services and clients are
/// asked in turns, so that all have the same machine.
/// </summary>
internal sealed class LimitCost(BenchOptions options, Report report)
{
    private const double Most = 0.3;
    private const double MostOfTeam = 0.5;

    private static readonly Uri Status = new("/api/v1/openclaw/status", UriKind.Relative);
    private static readonly Uri Agents = new("/api/v1/agents", UriKind.Relative);
    private static readonly string[] Scopes = ["read"];
    private static readonly string[] None = ["STRANGER_REQUESTS_PER_MINUTE=0", "KEY_REQUESTS_PER_MINUTE=0", "KEY_REQUESTS_AT_ONCE=0"];

    public async Task RunAsync()
    {
        await using var limited = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_limited"));
        await using var free = await ServiceProcess.StartAsync(await BenchDatabase.CreateAsync(options.Server, "bench_free"), settings: None);
        using var key = await WithKeyAsync(limited, "admin");
        using var team = await WithKeyAsync(limited, "team");
        using var token = free.Connect();

        var (with, without) = await TimeAsync((key, Status), (token, Status));
        report.Add("a request of a key, with limits, p50", with.P50, "ms");
        report.Add("… of the token, without limits, p50", without.P50, "ms");
        report.Add("… with / without", with.P50 / without.P50, "x");
        report.Require("keys and limits cost a request, p50, ms", with.P50 - without.P50, Most, below: true);
        (with, without) = await TimeAsync((team, Agents), (key, Agents));
        report.Add("a team's list of agents, by row security, p50", with.P50, "ms");
        report.Add("… the house's, without, p50", without.P50, "ms");
        report.Require("row security costs a request, p50, ms", with.P50 - without.P50, MostOfTeam, below: true);
    }

    private async Task<(Latency First, Latency Second)> TimeAsync((HttpClient Client, Uri Path) first, (HttpClient Client, Uri Path) second)
    {
        var count = options.Quick ? 2_000 : 5_000;
        var (one, other) = (new List<double>(count), new List<double>(count));
        for (var i = -count / 2; i < count; i++)
        {
            var (a, b) = (await TimeAsync(first.Client, first.Path), await TimeAsync(second.Client, second.Path));
            if (i >= 0)
            {
                one.Add(a);
                other.Add(b);
            }
        }

        return (Latency.Of([.. one]), Latency.Of([.. other]));
    }

    private static async Task<HttpClient> WithKeyAsync(ServiceProcess service, string owner)
    {
        var http = service.Connect();
        using var made = await http.PostAsJsonAsync("/api/v1/keys", new { name = "bench", owner, scopes = Scopes });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static async Task<double> TimeAsync(HttpClient http, Uri path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
