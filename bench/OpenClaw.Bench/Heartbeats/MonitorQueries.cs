using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Bench.Engine;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Bench.Heartbeats;

/// <summary>What the monitor answers from a long ledger, through the API.</summary>
internal sealed class MonitorQueries(BenchOptions options, Report report)
{
    private const string Name = "bench_monitor";
    private const int Agents = 1_000;

    public async Task RunAsync()
    {
        var count = options.Quick ? 100_000 : 1_000_000;
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await BenchService.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        await BeatingAgents.SeedAsync(source, Agents, "now() + interval '1 day'", "1 day");
        await BenchDatabase.ExecuteAsync(source, SeedSql(count));
        await BenchDatabase.ExecuteAsync(source, "UPDATE openclaw.workflow_metrics_progress SET counted_until = '-infinity'; DELETE FROM openclaw.workflow_metrics");
        await service.Services.GetRequiredService<WorkflowMetrics>().CountAsync(default);
        await BenchDatabase.ExecuteAsync(source, "VACUUM ANALYZE");

        var times = new List<(string Query, double Milliseconds)>();
        var queries = await QueriesAsync(service.Http);
        for (var round = options.Quick ? -2 : -5; round < (options.Quick ? 10 : 30); round++)
        {
            foreach (var query in queries)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await service.Http.GetAsync(query);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                if (round >= 0)
                    times.Add((query, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            }
        }

        var all = Latency.Of([.. times.Select(time => time.Milliseconds)]);
        var (slowest, its) = times.GroupBy(time => time.Query, time => time.Milliseconds).Select(query => (query.Key, Latency.Of([.. query]).P95)).MaxBy(query => query.P95);
        report.Add($"{queries.Count} monitor queries over {count.ToString("N0", CultureInfo.InvariantCulture)} workflows, p95", all.P95, "ms");
        report.Add($"… of the slowest, {slowest}", its, "ms");
        report.Require("monitor queries, p95, ms", all.P95, 100, below: true);
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
            var next = (await http.GetFromJsonAsync<JsonElement>($"/api/v1/{first}")).GetProperty("next_cursor").GetString()!;
            queries.Add($"{first}&cursor={Uri.EscapeDataString(next)}");
        }

        return queries.ConvertAll(query => $"/api/v1/{query}");
    }

    // A month's runs: mostly heartbeats, mostly well.
    private static string SeedSql(int count) =>
        $"""
        INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, agent_id, owner, request, due_at, created_at, completed_at)
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid,
               CASE i % 100 WHEN 1 THEN 'pause_agent' WHEN 2 THEN 'resume_agent' ELSE (ARRAY['heartbeat', 'heartbeat', 'heartbeat', 'route_message'])[i % 4 + 1] END, 1, 'inline',
               CASE i % 1000 WHEN 7 THEN 'ERROR' WHEN 8 THEN 'RETRIES_EXCEEDED' WHEN 9 THEN 'CANCELLED' ELSE 'SUCCESS' END,
               agents[i % {Agents} + 1], 'admin', '{"{}"}', at, at, at + random() * interval '2 seconds'
        FROM (SELECT i, now() - interval '30 days' * (1 - i / {count}::float8) - interval '1 minute' AS at FROM generate_series(1, {count}) i) run,
             (SELECT array_agg(id) AS agents FROM openclaw.agents) a
        """;
}
