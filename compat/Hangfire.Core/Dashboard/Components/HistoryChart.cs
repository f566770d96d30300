namespace Hangfire.Dashboard.Components;

internal sealed record HistoryBucket(string Label, long Succeeded, long Failed, long Deleted)
{
    public long Total => Succeeded + Failed + Deleted;
}

/// <summary>
/// Stacked bars. The drawing stretches to any width, so its labels stand around it as text; the numbers are in a
/// table below it, which is what a screen reader gets.
/// </summary>
internal static class HistoryChart
{
    private const int Height = 100;

    public static Html Render(string title, IReadOnlyList<HistoryBucket> buckets, int labelEvery)
    {
        var top = NiceMaximum(buckets.Max(bucket => bucket.Total));
        return Html.Of($"""
            <figure class="chart">
            <figcaption><span>{title}:</span> {Total("succeeded", buckets.Sum(b => b.Succeeded))} {Total("failed", buckets.Sum(b => b.Failed))} {Total("deleted", buckets.Sum(b => b.Deleted))}</figcaption>
            <div class="plot" aria-hidden="true">
            <div class="scale"><span>{top:N0}</span><span>{top / 2:N0}</span><span>0</span></div>
            <svg viewBox="0 0 {buckets.Count} {Height}" preserveAspectRatio="none" focusable="false">
            <line class="grid" x1="0" x2="{buckets.Count}" y1="0.5" y2="0.5"/>
            <line class="grid" x1="0" x2="{buckets.Count}" y1="50" y2="50"/>
            <line class="grid" x1="0" x2="{buckets.Count}" y1="99.5" y2="99.5"/>
            {Html.Join(buckets.Select((bucket, at) => Bar(bucket, at, top)))}
            </svg>
            <div class="ticks">{Html.Join(buckets.Where((_, at) => at % labelEvery == 0), bucket => Html.Of($"<span>{bucket.Label}</span>"))}</div>
            </div>
            <details>
            <summary>The numbers as a table</summary>
            {Table(title, buckets)}
            </details>
            </figure>
            """);
    }

    private static Html Total(string state, long count) =>
        Html.Of($"""<span class="state" data-state="{state}">{count:N0} {state}</span>""");

    private static Html Bar(HistoryBucket bucket, int at, long top)
    {
        var failed = Scaled(bucket.Failed, top);
        var succeeded = Scaled(bucket.Succeeded, top);
        var deleted = Scaled(bucket.Deleted, top);
        return Html.Of($"""
            <g><title>{bucket.Label}: {bucket.Succeeded:N0} succeeded, {bucket.Failed:N0} failed, {bucket.Deleted:N0} deleted</title>
            <rect class="hit" x="{at}" y="0" width="1" height="{Height}"/>
            {Part("failed", at, 0, failed)}{Part("succeeded", at, failed, succeeded)}{Part("deleted", at, failed + succeeded, deleted)}</g>
            """);
    }

    private static Html Part(string state, int at, double from, double height) => Html.When(height > 0, () => Html.Of(
        $"""<rect data-state="{state}" x="{at + 0.14:0.##}" y="{Height - from - height:0.###}" width="0.72" height="{height:0.###}"/>"""));

    /// <summary>A single failure among thousands of jobs must still be seen.</summary>
    private static double Scaled(long value, long top) => value == 0 ? 0 : Math.Max(1, (double)value / top * (Height - 2));

    /// <summary>The next of 2, 4, 10, 20, 40, 100 …: half of it, the middle line, is whole as well.</summary>
    private static long NiceMaximum(long value)
    {
        for (long unit = 1; ; unit *= 10)
        {
            if (value <= 2 * unit) return 2 * unit;
            if (value <= 4 * unit) return 4 * unit;
            if (value <= 10 * unit) return 10 * unit;
        }
    }

    private static Html Table(string title, IReadOnlyList<HistoryBucket> buckets) => Html.Of($"""
        <table>
        <caption class="hidden">{title}</caption>
        <thead><tr><th scope="col">From (UTC)</th><th scope="col" class="number">Succeeded</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Deleted</th></tr></thead>
        <tbody>
        {Html.Join(buckets, b => Html.Of($"""
            <tr><th scope="row">{b.Label}</th><td class="number">{b.Succeeded:N0}</td><td class="number">{b.Failed:N0}</td><td class="number">{b.Deleted:N0}</td></tr>
            """))}
        </tbody>
        </table>
        """);
}
