using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs;

namespace OpenClaw.Web.Dashboard.Parts;

/// <summary>Figures and times as people say them.</summary>
public static class Say
{
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 agent</c>, <c>2 agents</c>.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary><c>retries exceeded</c>.</summary>
    public static string Name<T>(T value) where T : struct, Enum => EnumText.ToLower(value).Replace('_', ' ');

    /// <summary>As at the beginning of a sentence.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>An error of a field as the form calls it: <c>heartbeat.interval must …</c> is <c>Every: must …</c>.</summary>
    public static string Labelled(string error, string key, string label) =>
        error.StartsWith(key + " ", StringComparison.Ordinal) ? $"{label}: {error[(key.Length + 1)..]}" : error;

    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The time of day, with the day when it is another one.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.ToString(
        at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the page's script, which puts it into the reader's own zone.</summary>
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    /// <summary><c>3 min ago</c>, <c>in 2 h</c>.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        return distance.Duration() < TimeSpan.FromSeconds(5) ? "now" : distance > TimeSpan.Zero ? $"{Rough(distance)} ago" : $"in {Rough(-distance)}";
    }

    /// <summary>One unit: <c>42 s</c>, <c>3 min</c>, <c>5 h</c>, <c>12 d</c>.</summary>
    public static string Rough(TimeSpan time) => RoughTime.Of(time);

    /// <summary>As long as it took: <c>12 ms</c>, <c>1.4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalMinutes: < 60 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalHours: < 48 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}
