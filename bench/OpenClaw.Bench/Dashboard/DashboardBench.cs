using System.Text.RegularExpressions;
using Npgsql;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Dashboard;

/// <summary>Every page of the dashboard over the tables of a large service, what a first visit loads, and what open pages cost.</summary>
internal sealed partial class DashboardBench(BenchOptions options, Report report)
{
    private const string Name = "bench_dashboard";
    private const int RunsPerAgent = 10;

    public async Task RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, Name);
        await using var service = await BenchService.StartAsync(database);
        await using var source = BenchDatabase.Open(options.Server, Name);
        var (agents, times) = (0, new Dictionary<string, Latency>());
        foreach (var size in options.Sizes)
        {
            await LongLedger.SeedAsync(service, source, size - agents, RunsPerAgent * (size - agents));
            agents = size;
            (times, _) = await Load.AddressesAsync(service.Http, await PagesAsync(source), options.Quick ? 10 : 30);
            report.Add($"the slowest page with {Report.Whole(agents)} agents and {Report.Whole(RunsPerAgent * agents)} workflows, p95", times.Values.Max(its => its.P95), "ms");
        }

        foreach (var (page, its) in times)
        {
            report.Add($"{page}, p95", its.P95, "ms");
        }

        report.Require($"the slowest page with {Report.Whole(agents)} agents and {Report.Whole(RunsPerAgent * agents)} workflows, p95, ms", times.Values.Max(its => its.P95), 150, below: true);
        var bytes = await FirstLoadAsync(service.Http);
        report.Add("a first visit loads", bytes / 1024.0, "KiB");
        report.Require("a first visit, KiB", bytes / 1024.0, 100, below: true);
        await new LiveCost(service, source, report).RunAsync(agents, options.Quick ? 10 : 20);
    }

    private static async Task<List<string>> PagesAsync(NpgsqlDataSource source)
    {
        var agent = await source.ReadAsync<Guid>("SELECT id FROM openclaw.agents ORDER BY id LIMIT 1");
        var failed = await source.ReadAsync<Guid>("SELECT workflow_uuid FROM openclaw_system.workflow_status WHERE status = 'ERROR' ORDER BY workflow_uuid LIMIT 1");
        return
        [
            "/", "/dashboard/agents", "/dashboard/agents?page=1000", "/dashboard/agents?q=99", "/dashboard/agents?q=nobody", "/dashboard/agents?status=running", "/dashboard/agents?sort=name",
            "/dashboard/agents/new", $"/dashboard/agents/{agent}", $"/dashboard/agents/{agent}?tab=heartbeats", $"/dashboard/agents/{agent}?tab=messages", $"/dashboard/agents/{agent}?tab=workflows",
            $"/dashboard/agents/{agent}?tab=checkpoints", $"/dashboard/agents/{agent}?tab=settings",
            "/dashboard/workflows", "/dashboard/workflows?status=error", "/dashboard/workflows?status=pending", "/dashboard/workflows?name=pause_agent", "/dashboard/workflows?within=7d",
            $"/dashboard/workflows?agent={agent}", $"/dashboard/workflows?before={failed}", $"/dashboard/workflows?q={failed}", "/dashboard/workflows?q=nothing", $"/dashboard/workflows/{failed}", "/dashboard/workflows/figures", "/dashboard/workflows/figures?within=7d",
            "/dashboard/messages", "/dashboard/messages?state=dead", "/dashboard/messages?state=parked", "/dashboard/notices", "/dashboard/contacts", "/dashboard/commands", "/dashboard/health", "/dashboard/audit", "/dashboard/settings",
        ];
    }

    // The page and all that it names, as a browser asks for it.
    private static async Task<long> FirstLoadAsync(HttpClient http)
    {
        var page = await http.GetStringAsync("/");
        var bytes = 0L;
        foreach (var address in Asset().Matches(page).Select(asset => asset.Groups["address"].Value).Distinct().Prepend("/"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "br, gzip" } } };
            using var answer = await http.SendAsync(request);
            bytes += (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
        }

        return bytes;
    }

    [GeneratedRegex("""(src|href)="(?<address>/dashboard/assets/[^"]*)"/?""")]
    private static partial Regex Asset();
}
