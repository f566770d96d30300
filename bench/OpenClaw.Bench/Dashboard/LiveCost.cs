using Npgsql;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Dashboard;

/// <summary>What open pages cost while one agent a second changes, and while all of them do.</summary>
internal sealed class LiveCost(BenchService service, NpgsqlDataSource source, Report report)
{
    private const int Pages = 10;

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // A change and what tells of it, as the service writes it.
    private const string ChangeSql =
        """
        WITH changed AS (
            UPDATE openclaw.agents SET updated_at = now() WHERE id IN (SELECT id FROM openclaw.agents ORDER BY updated_at LIMIT $1) RETURNING id
        )
        INSERT INTO openclaw.audit_log (actor, action, subject) SELECT 'bench', 'agent.settings', 'agent:' || id FROM changed
        """;

    /// <param name="agents">How many there are.</param>
    /// <param name="seconds">How long each of the two is watched; in the second one all agents change once.</param>
    public async Task RunAsync(int agents, int seconds)
    {
        await MeasureAsync(1, Warmup.Seconds);
        var one = await MeasureAsync(1, seconds);
        var all = await MeasureAsync(agents / seconds, seconds);
        foreach (var (what, its) in new[] { ("one agent a second", one), ($"{Report.Whole(agents / seconds)} agents a second", all) })
        {
            report.Add($"live, {what} of {Report.Whole(agents)} changing: a page is told", its.Told, "times/s");
            report.Add("… and sent", its.Bytes / 1024, "KiB/s");
            report.Add("… which takes, p95", its.Looks.P95, "ms");
        }

        report.Require("live, told when all agents change / when one does", all.Told / one.Told, 1.1, below: true);
        report.Require("live, sent when all agents change / when one does", all.Bytes / one.Bytes, 1.1, below: true);
    }

    private async Task<Cost> MeasureAsync(int agentsASecond, int seconds)
    {
        using var closed = new CancellationTokenSource();
        var pages = Enumerable.Range(0, Pages).Select(number => new OpenPage(service.Http, number % 2 == 0 ? "/" : "/dashboard/agents")).ToList();
        var following = Task.WhenAll(pages.Select(page => page.FollowAsync(closed.Token)));
        using var timer = new PeriodicTimer(Second);
        for (var passed = 0; passed < seconds; passed++)
        {
            await ChangeAsync(agentsASecond);
            await timer.WaitForNextTickAsync();
        }

        await closed.CancelAsync();
        await following;
        return new Cost(
            pages.Average(page => page.Told) / seconds, pages.Average(page => page.Bytes) / seconds, Latency.Of([.. pages.SelectMany(page => page.Times)]));
    }

    private async Task ChangeAsync(int agents)
    {
        await using var change = source.CreateCommand(ChangeSql);
        change.Parameters.Add(new NpgsqlParameter { Value = agents });
        await change.ExecuteNonQueryAsync();
    }

    /// <summary>For each page, a second.</summary>
    private sealed record Cost(double Told, double Bytes, Latency Looks);
}
