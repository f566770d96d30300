using Hangfire.Dashboard.Components;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class HomePage
{
    private const int Hours = 24;
    private const int Days = 7;

    public static Page Render(PageContext context)
    {
        var week = context.Query("period") == "week";
        return new("Overview", Html.Of($"""
            <h1>Overview</h1>
            {Tiles(context, context.Statistics)}
            <section aria-labelledby="history">
            <div class="head">
            <h2 id="history">History</h2>
            <nav class="tabs" aria-label="Period">
            {Tab(context, "24 hours", "/", current: !week)}
            {Tab(context, "7 days", "/?period=week", current: week)}
            </nav>
            </div>
            {(week
                ? HistoryChart.Render("Last 7 days", LastDays(context), labelEvery: 1)
                : HistoryChart.Render("Last 24 hours", LastHours(context), labelEvery: 6))}
            </section>
            """));
    }

    private static Html Tiles(PageContext context, StatisticsDto statistics) => Html.Of($"""
        <ul class="tiles">
        {Tile(context, "/jobs/enqueued", "Enqueued", statistics.Enqueued)}
        {Tile(context, "/jobs/processing", "Processing", statistics.Processing)}
        {Tile(context, "/jobs/succeeded", "Succeeded", statistics.Succeeded)}
        {Tile(context, "/jobs/failed", "Failed", statistics.Failed)}
        {Tile(context, "/retries", "Retries", statistics.Retries ?? 0)}
        {Tile(context, "/servers", "Servers", statistics.Servers)}
        </ul>
        """);

    private static Html Tile(PageContext context, string path, string title, long count)
    {
        var counter = title.ToLowerInvariant();
        return Html.Of($"""
            <li><a href="{context.Url(path)}"><span class="figure" data-counter="{counter}">{count:N0}</span> {StateBadge.Render(title)}</a></li>
            """);
    }

    private static Html Tab(PageContext context, string text, string path, bool current) => current
        ? Html.Of($"""<a href="{context.Url(path)}" aria-current="true">{text}</a>""")
        : Html.Of($"""<a href="{context.Url(path)}">{text}</a>""");

    private static List<HistoryBucket> LastHours(PageContext context)
    {
        var succeeded = context.Monitor.HourlySucceededJobs();
        var failed = context.Monitor.HourlyFailedJobs();
        var deleted = (context.Monitor as JobStorageMonitor)?.HourlyDeletedJobs();
        var thisHour = context.Now.Date.AddHours(context.Now.Hour);
        return [.. Enumerable.Range(1 - Hours, Hours).Select(offset => thisHour.AddHours(offset))
            .Select(at => Bucket($"{at:HH:mm}", at, at.AddHours(1), succeeded, failed, deleted))];
    }

    private static List<HistoryBucket> LastDays(PageContext context)
    {
        var succeeded = context.Monitor.SucceededByDatesCount();
        var failed = context.Monitor.FailedByDatesCount();
        var deleted = (context.Monitor as JobStorageMonitor)?.DeletedByDatesCount();
        return [.. Enumerable.Range(1 - Days, Days).Select(offset => context.Now.Date.AddDays(offset))
            .Select(at => Bucket($"{at:MMM d}", at, at.AddDays(1), succeeded, failed, deleted))];
    }

    private static HistoryBucket Bucket(
        string label, DateTime from, DateTime to, IDictionary<DateTime, long> succeeded, IDictionary<DateTime, long> failed, IDictionary<DateTime, long>? deleted) =>
        new(label, Sum(succeeded, from, to), Sum(failed, from, to), deleted is null ? 0 : Sum(deleted, from, to));

    /// <summary>The storage names an hour or a day by any instant within it.</summary>
    private static long Sum(IDictionary<DateTime, long> counts, DateTime from, DateTime to) =>
        counts.Where(count => count.Key >= from && count.Key < to).Sum(count => count.Value);
}
