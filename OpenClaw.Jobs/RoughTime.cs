using System.Globalization;

namespace OpenClaw.Jobs;

/// <summary>A span of time as people say it, in one unit: <c>42 s</c>, <c>3 min</c>, <c>5 h</c>, <c>12 d</c>.</summary>
public static class RoughTime
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, Math.Floor(span.TotalSeconds))} s",
        { TotalMinutes: < 60 } => $"{Math.Floor(span.TotalMinutes)} min",
        { TotalHours: < 48 } => $"{Math.Floor(span.TotalHours)} h",
        _ => $"{((long)span.TotalDays).ToString("N0", CultureInfo.InvariantCulture)} d",
    };
}
