using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace OpenClaw.Web.Api.Binding;

/// <summary>Intervals as clients write them: <c>5m</c>, <c>2h</c>, or ISO 8601 such as <c>PT45M</c>.</summary>
internal static partial class IntervalText
{
    /// <summary>An unknown form reads as zero, which the rules for agents refuse together with whatever else is wrong.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (text is null)
            return null;

        var match = Short().Match(text);
        if (match.Success && int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxCount)
            return match.Groups["unit"].Value == "h" ? TimeSpan.FromHours(count) : TimeSpan.FromMinutes(count);

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
        _ => XmlConvert.ToString(interval),
    };

    private const int MaxCount = 1_000_000;

    [GeneratedRegex("^(?<count>[0-9]{1,9})(?<unit>[mh])$", RegexOptions.ExplicitCapture)]
    private static partial Regex Short();
}
