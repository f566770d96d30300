using System.Globalization;
using OpenClaw.Data.Notices;

namespace OpenClaw.Jobs.Notices;

/// <summary>When an owner wants to be told nothing.</summary>
public static class NoticeHours
{
    /// <summary>Why what happens now is told later; null when it is told now.</summary>
    public static string? WhyHeld(NoticeRules rules, DateTimeOffset now) =>
        rules.MutedUntil > now ? string.Create(CultureInfo.InvariantCulture, $"Muted until {rules.MutedUntil:yyyy-MM-dd HH:mm} UTC.")
        : IsQuiet(rules, now) ? string.Create(CultureInfo.InvariantCulture, $"Quiet hours until {rules.QuietUntil:HH:mm} ({rules.TimeZone}).")
        : null;

    private static bool IsQuiet(NoticeRules rules, DateTimeOffset now)
    {
        if (rules is not { QuietFrom: { } from, QuietUntil: { } until })
        {
            return false;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(rules.TimeZone, out var found) ? found : TimeZoneInfo.Utc;

        // From 22:00 until 07:00 it is quiet over midnight, too.
        return TimeOnly.FromTimeSpan(TimeZoneInfo.ConvertTime(now, zone).TimeOfDay).IsBetween(from, until);
    }
}
