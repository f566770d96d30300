using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Api.Schedules;

/// <summary>Schedules as programs and assistants write them, by flat names. The rules speak of fields as the gateway's clients write them.</summary>
internal static class ScheduleFields
{
    private static readonly (string Field, string Flat)[] Renamed =
        [("payload", "message"), ("schedule.everyMs", "every"), ("schedule.expr", "cron"), ("schedule.tz", "time_zone"), ("schedule.at", "at")];

    /// <summary>When, by one of the three.</summary>
    public static Decision<ScheduleTiming> Timing(string? cron, string? zone, TimeSpan? every, DateTimeOffset? at)
    {
        if (new[] { cron is not null, every is not null, at is not null }.Count(given => given) != 1)
        {
            return Refusal.Invalid.Of("cron", "One of cron, every and at says when; name one of them.");
        }

        return zone is null || cron is not null
            ? new ScheduleTiming { Cron = cron, TimeZone = zone, Every = every, At = at }
            : Refusal.Invalid.Of("time_zone", "time_zone belongs to cron: every counts in UTC, and at says its own zone.");
    }

    /// <summary>The refusal with the fields' flat names.</summary>
    public static Refusal Flat(Refusal refusal) => refusal is Refusal.Invalid invalid
        ? new Refusal.Invalid(invalid.Errors.ToDictionary(error => Rename(error.Key), error => error.Value.Select(Rename).ToArray()))
        : refusal;

    private static string Rename(string text) => Renamed.Aggregate(text, (renamed, pair) => renamed.StartsWith(pair.Field, StringComparison.Ordinal) ? pair.Flat + renamed[pair.Field.Length..] : renamed);
}
