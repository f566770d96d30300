using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Dashboard.Parts;

/// <summary>When schedules are due, in words.</summary>
internal static class ScheduleTimes
{
    public static string Describe(ScheduleTiming timing) => timing switch
    {
        { At: { } at } => $"once, {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        { Every: { } every } => $"every {IntervalText.Write(every)}",
        _ => $"{timing.Cron} {timing.TimeZone ?? "UTC"}",
    };

    /// <summary>Null for one that is never due any more.</summary>
    public static DateTimeOffset? Next(AgentSchedule schedule, DateTimeOffset now) => ScheduleQueries.Next(schedule, now).Select(at => (DateTimeOffset?)at).FirstOrDefault();
}
