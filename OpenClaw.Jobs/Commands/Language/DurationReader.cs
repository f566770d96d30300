using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Reads <c>2h</c>, <c>30s</c>, <c>30 minutes</c>, <c>1 hour and 15 minutes</c>, <c>a day</c>.</summary>
internal static partial class DurationReader
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Null for other words, for nothing, and for more than a week.</summary>
    public static TimeSpan? Read(Words words)
    {
        var text = string.Join(' ', Enumerable.Range(0, words.Count).Select(index => words[index]).SkipWhile(word => word is "for" or "me" or "notifications" or "everything" or "all" or "until"));
        var duration = text switch
        {
            "an hour" or "one hour" => TimeSpan.FromHours(1),
            "half an hour" => TimeSpan.FromMinutes(30),
            "a day" or "one day" => TimeSpan.FromDays(1),
            "a week" or "one week" => TimeSpan.FromDays(7),
            _ => Sum(Parts().Match(text)),
        };
        return duration > TimeSpan.Zero && duration <= Longest ? duration : null;
    }

    private static TimeSpan Sum(Match match)
    {
        var seconds = 0L;
        for (var i = 0; i < match.Groups["count"].Captures.Count; i++)
        {
            var unit = match.Groups["unit"].Captures[i].Value[0] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 24 * 3_600, _ => 7 * 24 * 3_600 };
            seconds += long.Parse(match.Groups["count"].Captures[i].ValueSpan, CultureInfo.InvariantCulture) * unit;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    [GeneratedRegex("^(?:(?<count>[0-9]{1,5}) ?(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?:,? and |,? |))+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
