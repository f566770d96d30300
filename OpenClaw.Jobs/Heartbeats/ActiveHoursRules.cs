using System.Globalization;
using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What active hours may be, and what they mean.</summary>
public static class ActiveHoursRules
{
    public const string Rule = "heartbeat.active_hours must have start and end as HH:MM (end up to 24:00) and a time_zone such as Europe/Berlin, or none for UTC.";

    public static bool AreValid(ActiveHours hours) =>
        Minutes(hours.Start) is < 1440 && Minutes(hours.End) is not null
        && (hours.TimeZone is null || TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone, out _));

    /// <summary>Whether the instant lies within them. Start and end at the same time of day leave no hour.</summary>
    public static bool Contains(ActiveHours hours, DateTimeOffset instant)
    {
        var zone = hours.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc;
        var minute = (int)TimeZoneInfo.ConvertTime(instant, zone).TimeOfDay.TotalMinutes;
        var (start, end) = (Minutes(hours.Start) ?? 0, Minutes(hours.End) ?? 1440);
        return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
    }

    private static int? Minutes(string? text) =>
        text == "24:00" ? 1440
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute
        : null;
}
