using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace OpenClaw.Web.Api.Binding;

/// <summary>Intervals as clients write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>7d</c>, <c>2w</c>, or ISO 8601 such as <c>PT45M</c>.</summary>
internal static partial class IntervalText
{
    /// <summary>An unknown form reads as zero, which the rules for agents refuse together with whatever else is wrong.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Short().Match(text) is { Success: true } match)
        {
            return Sum(match);
        }

        try
        {
            return text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return TimeSpan.Zero;
        }
    }

    /// <summary>The shortest form that says the same.</summary>
    public static string Write(TimeSpan interval) => interval switch
    {
        _ when interval.Ticks % TimeSpan.TicksPerHour == 0 => $"{interval.Ticks / TimeSpan.TicksPerHour}h",
        _ when interval.Ticks % TimeSpan.TicksPerMinute == 0 => $"{interval.Ticks / TimeSpan.TicksPerMinute}m",
        _ when interval.Ticks % TimeSpan.TicksPerSecond == 0 => $"{interval.Ticks / TimeSpan.TicksPerSecond}s",
        _ => XmlConvert.ToString(interval),
    };

    // Of each unit as many as there are; what is more than a TimeSpan holds, or nobody's interval, is none.
    private static TimeSpan Sum(Match match)
    {
        var sum = 0.0;
        foreach (var (unit, seconds) in Units)
        {
            if (match.Groups[unit] is { Success: true } count)
            {
                sum += (double)seconds * int.Parse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return sum <= Longest.TotalSeconds ? TimeSpan.FromSeconds(sum) : TimeSpan.Zero;
    }

    private const int SecondsOfDay = 24 * 3600;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1_000_000);

    private static readonly (string Unit, int Seconds)[] Units = [("w", 7 * SecondsOfDay), ("d", SecondsOfDay), ("h", 3600), ("m", 60), ("s", 1)];

    // The greater units first, each once; not nothing at all.
    [GeneratedRegex("^(?=.)((?<w>[0-9]{1,9})w)?((?<d>[0-9]{1,9})d)?((?<h>[0-9]{1,9})h)?((?<m>[0-9]{1,9})m)?((?<s>[0-9]{1,9})s)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Short();
}
