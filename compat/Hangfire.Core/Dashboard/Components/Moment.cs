using System.Globalization;

namespace Hangfire.Dashboard.Components;

/// <summary>Instants, which the storage keeps in UTC, as people read them.</summary>
internal static class Moment
{
    private const string Machine = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly long MaxMilliseconds = (long)TimeSpan.MaxValue.TotalMilliseconds;

    public static Html Exact(DateTime at) =>
        Html.Of($"""<time datetime="{at.ToString(Machine, CultureInfo.InvariantCulture)}">{at:yyyy-MM-dd HH:mm:ss} UTC</time>""");

    public static Html Relative(DateTime now, DateTime? at) => at is not { } instant
        ? Html.Of($"""<span class="muted">–</span>""")
        : Html.Of($"""<time datetime="{instant.ToString(Machine, CultureInfo.InvariantCulture)}" title="{instant:yyyy-MM-dd HH:mm:ss} UTC">{Words(instant - now)}</time>""");

    public static string Duration(long milliseconds) => Duration(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, MaxMilliseconds)));

    public static string Duration(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "0 ms",
        { TotalMilliseconds: < 1000 } => $"{span.TotalMilliseconds:0} ms",
        { TotalSeconds: < 60 } => $"{span.TotalSeconds:0.0} s",
        { TotalMinutes: < 60 } => $"{span.Minutes} min {span.Seconds} s",
        { TotalHours: < 24 } => $"{span.Hours} h {span.Minutes} min",
        _ => $"{span.Days} d {span.Hours} h",
    };

    private static string Words(TimeSpan distance)
    {
        var span = distance.Duration();
        var words = span switch
        {
            { TotalSeconds: < 1 } => null,
            { TotalSeconds: < 60 } => $"{span.Seconds} s",
            { TotalMinutes: < 60 } => $"{span.Minutes} min",
            { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
            _ => $"{span.Days} days",
        };
        return words is null ? "just now" : distance < TimeSpan.Zero ? $"{words} ago" : $"in {words}";
    }
}
