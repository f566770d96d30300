using Cronos;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

/// <summary>What a prompt may be. All problems are reported at once; whether a cron expression is one, Hangfire says.</summary>
public static class ScheduleRules
{
    public const int MaxPerAgent = 100;

    /// <summary>Characters of what people write about a prompt.</summary>
    public const int MaxDescription = 2_000;

    public const int MostFailures = 100;

    /// <summary>Of times that were missed in a row so many are sent at most: each is a turn that is paid.</summary>
    public const int MostCatchUpRuns = 10;

    private static readonly TimeSpan ShortestCatchUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(30);

    // Clocks differ, and requests take their time.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public const string ZoneRule = "must be a time zone such as Europe/Berlin, or none for UTC";

    private const string EveryRule =
        "schedule.everyMs must divide a minute, an hour or a day: 10, 12, 15, 20 or 30 seconds; 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes; 1, 2, 3, 4, 6, 8, 12 or 24 hours.";

    /// <summary>Null when all is well.</summary>
    public static Refusal.Invalid? Check(ScheduleSettings prompt, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        Require(prompt.Name.Trim().Length is > 0 and <= Agent.MaxNameLength && ForeignText.IsLine(prompt.Name), "name", $"name must have 1 to {Agent.MaxNameLength} characters.");
        Require(prompt.Message.Length is > 0 and <= MessageRules.MaxContentLength && ForeignText.IsWhole(prompt.Message), "payload", $"payload must have a text of 1 to {MessageRules.MaxContentLength} characters.");
        Require(IsShort(prompt.DisplayName, Agent.MaxNameLength), "displayName", $"displayName may have up to {Agent.MaxNameLength} characters.");
        Require(IsShort(prompt.Description, MaxDescription), "description", $"description may have up to {MaxDescription} characters.");
        Require(IsShort(prompt.Thinking, Agent.MaxNameLength), "thinking", $"thinking may have up to {Agent.MaxNameLength} characters.");
        Require(prompt.SessionKey is not { Length: > MessageRules.MaxIdLength }, "sessionKey", $"sessionKey may have up to {MessageRules.MaxIdLength} characters.");
        Require(prompt.Schedule.Every is not { } every || CronOf(every) is not null, "schedule.everyMs", EveryRule);
        Require(
            prompt.Schedule.TimeZone is not { } zone || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _),
            "schedule.tz",
            $"schedule.tz {ZoneRule}.");
        Require(prompt.Schedule.At is not { } at || !prompt.Enabled || at > now - Grace, "schedule.at", "schedule.at has passed.");
        Require(prompt.CatchUp is not { } late || (late >= ShortestCatchUp && late <= LongestCatchUp), "catch_up", "catch_up must be a time from 1m to 30d, such as 2h, or always.");
        Require(prompt.CatchUpRuns is null or (> 0 and <= MostCatchUpRuns), "catch_up_runs", $"catch_up_runs must lie between 1 and {MostCatchUpRuns}.");
        Require(prompt.PauseAfter is null or (> 0 and <= MostFailures), "pause_after", $"pause_after must lie between 1 and {MostFailures}, or be 0 for never.");
        return errors.Count == 0 ? null : new Refusal.Invalid(errors);

        static bool IsShort(string? text, int most) => text is null || (text.Length <= most && ForeignText.IsWhole(text));

        void Require(bool holds, string field, string rule)
        {
            if (!holds)
            {
                errors[field] = [rule];
            }
        }
    }

    /// <summary>An interval that counts from an instant and not from full minutes, hours and days (UTC).</summary>
    public static ScheduleTiming Anchored(TimeSpan every, DateTimeOffset anchor)
    {
        var seconds = CronOf(every) is null ? 0 : (long)every.TotalSeconds;
        var first = seconds == 0 ? 0 : (anchor.ToUnixTimeSeconds() % seconds + seconds) % seconds;
        var (hour, minute, second) = (first / 3600, first / 60 % 60, first % 60);
        return new ScheduleTiming
        {
            Every = every,
            Cron = first == 0 ? null : seconds switch
            {
                < 60 => $"{second}/{seconds} * * * * *",
                < 3600 => $"{second} {minute}/{seconds / 60} * * * *",
                < 86400 => $"{second} {minute} {hour}/{seconds / 3600} * * *",
                _ => $"{second} {minute} {hour} * * *",
            },
        };
    }

    /// <summary>When the schedule is due after one instant, up to another one.</summary>
    public static IEnumerable<DateTimeOffset> Due(ScheduleTiming schedule, DateTimeOffset after, DateTimeOffset until)
    {
        if (schedule.At is { } at)
        {
            return at > after && at <= until ? [at] : [];
        }

        // As Hangfire reads it.
        var expression = CronOf(schedule);
        var format = expression.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        var zone = schedule.TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;
        return CronExpression.Parse(expression, format).GetOccurrences(after, until, zone, fromInclusive: false, toInclusive: true).Select(due => due.ToUniversalTime());
    }

    /// <summary>The cron expression of a recurring schedule.</summary>
    internal static string CronOf(ScheduleTiming schedule) =>
        schedule.Cron ?? CronOf(schedule.Every!.Value) ?? throw new ArgumentException(EveryRule, nameof(schedule));

    private static string? CronOf(TimeSpan every)
    {
        var seconds = every.Ticks % TimeSpan.TicksPerSecond == 0 ? (long)every.TotalSeconds : 0;
        return seconds switch
        {
            >= 10 and < 60 when 60 % seconds == 0 => $"*/{seconds} * * * * *",
            >= 60 and < 3600 when seconds % 60 == 0 && 3600 % seconds == 0 => $"*/{seconds / 60} * * * *",
            >= 3600 and < 86400 when seconds % 3600 == 0 && 86400 % seconds == 0 => $"0 */{seconds / 3600} * * *",
            86400 => "0 0 * * *",
            _ => null,
        };
    }
}
