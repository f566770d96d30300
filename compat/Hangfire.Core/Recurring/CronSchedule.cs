namespace Hangfire.Recurring;

/// <summary>
/// A cron expression in Hangfire's dialect: 5 fields, or 6 with seconds first; lists, ranges that may wrap, steps, names, L, W, #
/// and macros. Day of month and day of week must both match.
/// </summary>
/// <remarks>
/// Across a change of the clocks: a fixed time that the clocks skip fires when they have moved, one that comes twice fires the first
/// time only. An interval (a time field with *, - or /) keeps its pace: nothing in a gap, both passes of a repeated hour.
/// </remarks>
internal sealed class CronSchedule
{
    private const int SearchYears = 100;

    private readonly CronField _seconds;
    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _months;
    private readonly CronDays _days;

    private CronSchedule(string[] fields)
    {
        _seconds = CronField.Parse(fields[0], CronField.Seconds);
        _minutes = CronField.Parse(fields[1], CronField.Minutes);
        _hours = CronField.Parse(fields[2], CronField.Hours);
        _months = CronField.Parse(fields[4], CronField.Months);
        _days = CronDays.Parse(fields[3], fields[5]);
    }

    private bool IsInterval => _seconds.IsInterval || _minutes.IsInterval || _hours.IsInterval;

    /// <exception cref="FormatException">The expression is none.</exception>
    public static CronSchedule Parse(string expression)
    {
        var text = expression.Trim();
        if (text.StartsWith('@'))
            text = Macro(text);
        var fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length switch
        {
            5 => new CronSchedule(["0", .. fields]),
            6 => new CronSchedule(fields),
            _ => throw new FormatException($"'{expression}' has {fields.Length} fields; a cron expression has 5, or 6 with seconds."),
        };
    }

    /// <summary>The first occurrence after an instant (both in UTC), or null if there is none within a century.</summary>
    public DateTime? Next(DateTime after, TimeZoneInfo zone)
    {
        var from = TimeZoneInfo.ConvertTimeFromUtc(after, zone);
        // Inside a repeated hour what comes next may bear an earlier wall-clock time: look at the whole of it.
        var slack = zone.IsAmbiguousTime(from) ? Spread(zone.GetAmbiguousTimeOffsets(from)) : TimeSpan.Zero;
        DateTime? first = null;
        var limit = from + slack;
        for (var wall = NextWall(from - slack); wall is not null && (wall <= limit || first is null); wall = NextWall(wall.Value.AddSeconds(1)))
        {
            foreach (var instant in InstantsOf(wall.Value, zone))
                if (instant > after && (first is null || instant < first))
                    first = instant;
        }
        return first;
    }

    private static string Macro(string text) => text.ToLowerInvariant() switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        "@every_minute" => "* * * * *",
        "@every_second" => "* * * * * *",
        _ => throw new FormatException($"'{text}' is no known macro."),
    };

    private static TimeSpan Spread(TimeSpan[] offsets) => offsets.Max() - offsets.Min();

    private IEnumerable<DateTime> InstantsOf(DateTime wall, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(wall))
            return IsInterval ? [] : [GapEnd(wall, zone)];
        if (!zone.IsAmbiguousTime(wall))
            return [Utc(wall - zone.GetUtcOffset(wall))];
        var offsets = zone.GetAmbiguousTimeOffsets(wall);
        return IsInterval ? offsets.Select(o => Utc(wall - o)) : [Utc(wall - offsets.Max())];
    }

    // Wall-clock times in a gap have the offset from before it: taken with that, the gap's end is the first valid one.
    private static DateTime GapEnd(DateTime wall, TimeZoneInfo zone)
    {
        var (invalid, valid) = (wall, wall.AddDays(1));
        while (valid - invalid > TimeSpan.FromSeconds(1))
        {
            var middle = invalid + TimeSpan.FromSeconds(Math.Floor((valid - invalid).TotalSeconds / 2));
            if (zone.IsInvalidTime(middle))
                invalid = middle;
            else
                valid = middle;
        }
        return Utc(valid - zone.GetUtcOffset(valid));
    }

    private static DateTime Utc(DateTime value) => DateTime.SpecifyKind(value, DateTimeKind.Utc);

    /// <summary>The first matching wall-clock time at or after another.</summary>
    private DateTime? NextWall(DateTime from)
    {
        var start = new DateTime(from.Ticks - (from.Ticks % TimeSpan.TicksPerSecond));
        if (start < from)
            start = start.AddSeconds(1);
        var lastYear = Math.Min(start.Year + SearchYears, DateTime.MaxValue.Year - 1);
        for (var day = start.Date; day.Year <= lastYear;)
        {
            if (!_months.Contains(day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
                continue;
            }
            if (_days.Contains(day) && NextTime(day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } time)
                return day + time;
            day = day.AddDays(1);
        }
        return null;
    }

    private TimeSpan? NextTime(TimeSpan from)
    {
        for (var hour = _hours.Next(from.Hours); hour is not null; hour = _hours.Next(hour.Value + 1))
        {
            var isSameHour = hour == from.Hours;
            for (var minute = _minutes.Next(isSameHour ? from.Minutes : 0); minute is not null; minute = _minutes.Next(minute.Value + 1))
            {
                var second = _seconds.Next(isSameHour && minute == from.Minutes ? from.Seconds : 0);
                if (second is not null)
                    return new TimeSpan(hour.Value, minute.Value, second.Value);
            }
        }
        return null;
    }
}
