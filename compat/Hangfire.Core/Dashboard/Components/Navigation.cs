using System.Globalization;
using Hangfire.Dashboard.Pages;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Components;

internal static class Navigation
{
    private sealed record Entry(string Path, string Title, string Counter, Func<StatisticsDto, long?> Count);

    private static readonly Entry[] Jobs =
    [
        new("/jobs/enqueued", "Enqueued", "enqueued", s => s.Enqueued),
        new("/jobs/scheduled", "Scheduled", "scheduled", s => s.Scheduled),
        new("/jobs/processing", "Processing", "processing", s => s.Processing),
        new("/jobs/succeeded", "Succeeded", "succeeded", s => s.Succeeded),
        new("/jobs/failed", "Failed", "failed", s => s.Failed),
        new("/jobs/deleted", "Deleted", "deleted", s => s.Deleted),
        new("/jobs/awaiting", "Awaiting", "awaiting", s => s.Awaiting),
    ];

    private static readonly Entry[] Rest =
    [
        new("/retries", "Retries", "retries", s => s.Retries),
        new("/recurring", "Recurring jobs", "recurring", s => s.Recurring),
        new("/servers", "Servers", "servers", s => s.Servers),
    ];

    public static Html Render(PageContext context, StatisticsDto? statistics) => Html.Of($"""
        <nav class="side" aria-label="Dashboard">
        <ul>
        <li>{Link(context, "/", "Overview", Html.Empty)}</li>
        {Html.Join(Jobs, entry => Item(context, entry, statistics))}
        </ul>
        <ul>
        {Html.Join(Rest, entry => Item(context, entry, statistics))}
        </ul>
        </nav>
        """);

    private static Html Item(PageContext context, Entry entry, StatisticsDto? statistics)
    {
        var count = statistics is null ? null : entry.Count(statistics);
        var zero = count is > 0 ? Html.Empty : Html.Of($" data-zero");
        var text = count?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
        var counter = Html.Of($"""<span class="count" data-counter="{entry.Counter}"{zero}>{text}</span>""");
        return Html.Of($"""<li data-state="{entry.Counter}">{Link(context, entry.Path, entry.Title, counter)}</li>""");
    }

    private static Html Link(PageContext context, string path, string title, Html counter)
    {
        var here = path == "/" ? context.Path == "/" : context.Path == path || context.Path.StartsWith(path + "/", StringComparison.Ordinal);
        return here
            ? Html.Of($"""<a href="{context.Url(path)}" aria-current="page">{title} {counter}</a>""")
            : Html.Of($"""<a href="{context.Url(path)}">{title} {counter}</a>""");
    }
}
