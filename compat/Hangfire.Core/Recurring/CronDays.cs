using System.Globalization;
using System.Text.RegularExpressions;

namespace Hangfire.Recurring;

/// <summary>The days of a schedule: the fields day of month and day of week with their special forms.</summary>
internal sealed partial class CronDays
{
    private readonly Predicate<DateTime> _dayOfMonth;
    private readonly Predicate<DateTime> _dayOfWeek;

    private CronDays(Predicate<DateTime> dayOfMonth, Predicate<DateTime> dayOfWeek) => (_dayOfMonth, _dayOfWeek) = (dayOfMonth, dayOfWeek);

    public static CronDays Parse(string dayOfMonth, string dayOfWeek) => new(ParseDayOfMonth(dayOfMonth), ParseDayOfWeek(dayOfWeek));

    public bool Contains(DateTime day) => _dayOfMonth(day) && _dayOfWeek(day);

    private static Predicate<DateTime> ParseDayOfMonth(string text)
    {
        if (text == "?")
            return _ => true;
        if (LastDay().Match(text) is { Success: true } last)
        {
            var before = last.Groups[1].Success ? CronField.ParseValue(last.Groups[1].Value, CronField.DaysOfMonth) : 0;
            return last.Groups[2].Success
                ? day => IsNearestWeekday(day, DaysIn(day) - before)
                : day => day.Day == DaysIn(day) - before;
        }
        if (NearWeekday().Match(text) is { Success: true } near)
        {
            var target = CronField.ParseValue(near.Groups[1].Value, CronField.DaysOfMonth);
            return day => target <= DaysIn(day) && IsNearestWeekday(day, target);
        }
        var field = CronField.Parse(text, CronField.DaysOfMonth);
        return day => field.Contains(day.Day);
    }

    private static Predicate<DateTime> ParseDayOfWeek(string text)
    {
        if (text == "?")
            return _ => true;
        if (LastWeekday().Match(text) is { Success: true } last)
        {
            var weekday = Weekday(last.Groups[1].Value);
            return day => day.DayOfWeek == weekday && day.Day + 7 > DaysIn(day);
        }
        if (NthWeekday().Match(text) is { Success: true } nth)
        {
            var (weekday, number) = (Weekday(nth.Groups[1].Value), int.Parse(nth.Groups[2].Value, CultureInfo.InvariantCulture));
            return day => day.DayOfWeek == weekday && (day.Day - 1) / 7 + 1 == number;
        }
        var field = CronField.Parse(text, CronField.DaysOfWeek);
        return day => field.Contains((int)day.DayOfWeek) || (day.DayOfWeek == DayOfWeek.Sunday && field.Contains(7));
    }

    private static DayOfWeek Weekday(string text) => (DayOfWeek)(CronField.ParseValue(text, CronField.DaysOfWeek) % 7);

    private static int DaysIn(DateTime day) => DateTime.DaysInMonth(day.Year, day.Month);

    // The weekday closest to a day, without leaving its month.
    private static bool IsNearestWeekday(DateTime day, int target)
    {
        if (target < 1)
            return false;
        var date = new DateTime(day.Year, day.Month, target);
        var nearest = date.DayOfWeek switch
        {
            DayOfWeek.Saturday => target == 1 ? target + 2 : target - 1,
            DayOfWeek.Sunday => target == DaysIn(day) ? target - 2 : target + 1,
            _ => target,
        };
        return day.Day == nearest;
    }

    [GeneratedRegex(@"\AL(?:-(\d+))?(W)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex LastDay();

    [GeneratedRegex(@"\A(\d+)W\z", RegexOptions.IgnoreCase)]
    private static partial Regex NearWeekday();

    [GeneratedRegex(@"\A(\w+)L\z", RegexOptions.IgnoreCase)]
    private static partial Regex LastWeekday();

    [GeneratedRegex(@"\A(\w+)#([1-5])\z")]
    private static partial Regex NthWeekday();
}
