using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>What the monitor answers from a long ledger, through the API.</summary>
internal sealed class MonitorQueries(BenchOptions options, Report report)
{
    private const string Name = "bench_monitor";
    private const int Agents = 1_000;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await BenchService.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var (seeded, p95) = (0, 0.0);
        foreach (var count in options.Sizes.Select(size => 10 * size))
        {
            await LongLedger.SeedAsync(service, source, seeded == 0 ? Agents : 0, count - seeded);
            seeded = count;
            var queries = await QueriesAsync(service.Http);
            var (each, all) = await Load.AddressesAsync(service.Http, queries, options.Quick ? 10 : 30);
            var slowest = each.MaxBy(query => query.Value.P95);
            p95 = report.Add($"{queries.Count} monitor queries over {Report.Whole(count)} workflows, p95", all.P95, "ms");
            report.Add($"… of the slowest, {slowest.Key}", slowest.Value.P95, "ms");
        }

        report.Require("monitor queries, p95, ms", p95, 100, below: true);
    }

    private static async Task<List<string>> QueriesAsync(HttpClient http)
    {
        var agent = (await http.GetFromJsonAsync<JsonElement>("/api/v1/agents?limit=1")).GetProperty("agents")[0].GetProperty("id").GetString();
        List<string> queries =
        [
            "workflows", "workflows?limit=200", "workflows?status=SUCCESS", "workflows?status=ERROR", "workflows?status=PENDING", "workflows?name=pause_agent",
            "workflows?name=heartbeat&status=CANCELLED", "workflows/failed", "workflows/metrics?window=1h", "workflows/metrics", "workflows/metrics?window=P30D",
            "workflows/metrics?window=P30D&name=heartbeat", $"agents/{agent}/workflows", $"agents/{agent}/workflows/summary",
        ];
        foreach (var first in new[] { "workflows?limit=200", "workflows?status=ERROR&limit=50" })
        {
            // A short ledger has one page.
            if ((await http.GetFromJsonAsync<JsonElement>($"/api/v1/{first}")).GetProperty("next_cursor").GetString() is { } next)
            {
                queries.Add($"{first}&cursor={Uri.EscapeDataString(next)}");
            }
        }

        return queries.ConvertAll(query => $"/api/v1/{query}");
    }
}
