using FsCheck;
using FsCheck.Fluent;
using Hangfire;
using Hangfire.Recurring;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class CronScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [TestCase("* * * * *", "2026-01-01T00:00:00", "2026-01-01T00:01:00")]
    [TestCase("*/15 * * * *", "2026-01-01T00:14:59", "2026-01-01T00:15:00")]
    [TestCase("*/15 * * * *", "2026-01-01T00:15:00", "2026-01-01T00:30:00")]
    [TestCase("5/20 * * * *", "2026-01-01T00:25:00", "2026-01-01T00:45:00")]
    [TestCase("*/10 * * * * *", "2026-01-01T00:00:05", "2026-01-01T00:00:10")]
    [TestCase("0 22-2 * * *", "2026-01-01T02:00:00", "2026-01-01T22:00:00")]
    [TestCase("0 9 * * MON-FRI", "2026-01-02T09:00:00", "2026-01-05T09:00:00")]
    [TestCase("0 0 * * 7", "2026-01-01T00:00:00", "2026-01-04T00:00:00")]
    [TestCase("0 0 * * SAT-MON", "2026-01-05T00:00:00", "2026-01-10T00:00:00")]
    [TestCase("0 0 13 * FRI", "2026-01-01T00:00:00", "2026-02-13T00:00:00")]
    [TestCase("0 0 29 2 *", "2026-01-01T00:00:00", "2028-02-29T00:00:00")]
    [TestCase("0 0 L * *", "2026-02-01T00:00:00", "2026-02-28T00:00:00")]
    [TestCase("0 0 L-2 * *", "2026-02-01T00:00:00", "2026-02-26T00:00:00")]
    [TestCase("0 0 LW * *", "2026-02-01T00:00:00", "2026-02-27T00:00:00")]
    [TestCase("0 0 1W * *", "2026-07-31T12:00:00", "2026-08-03T00:00:00")]
    [TestCase("0 0 15W * *", "2026-02-01T00:00:00", "2026-02-16T00:00:00")]
    [TestCase("0 0 ? * 5L", "2026-01-01T00:00:00", "2026-01-30T00:00:00")]
    [TestCase("0 0 ? * MON#2", "2026-01-01T00:00:00", "2026-01-12T00:00:00")]
    [TestCase("0 0 1 NOV-FEB ?", "2026-02-01T00:00:00", "2026-11-01T00:00:00")]
    [TestCase("@hourly", "2026-01-01T00:00:00", "2026-01-01T01:00:00")]
    [TestCase("@every_second", "2026-01-01T00:00:00", "2026-01-01T00:00:01")]
    [TestCase("@weekly", "2026-01-01T00:00:00", "2026-01-04T00:00:00")]
    public void The_next_occurrence_in_UTC(string expression, string after, string expected) =>
        Assert.That(Next(expression, after, TimeZoneInfo.Utc), Is.EqualTo(expected));

    [TestCase("30 2 * * *", "2026-03-28T12:00:00", "2026-03-29T01:00:00", Description = "skipped by the clocks: fires when they have moved")]
    [TestCase("*/30 * * * *", "2026-03-29T00:30:00", "2026-03-29T01:00:00", Description = "an interval keeps its pace over the gap")]
    [TestCase("30 2 * * *", "2026-10-24T12:00:00", "2026-10-25T00:30:00", Description = "repeated: the first pass")]
    [TestCase("30 2 * * *", "2026-10-25T00:30:00", "2026-10-26T01:30:00", Description = "repeated: not the second pass")]
    [TestCase("*/30 * * * *", "2026-10-25T00:30:00", "2026-10-25T01:00:00", Description = "an interval fires in both passes")]
    [TestCase("*/30 * * * *", "2026-10-25T01:30:00", "2026-10-25T02:00:00")]
    public void Across_a_change_of_the_clocks(string expression, string after, string expected) =>
        Assert.That(Next(expression, after, Berlin), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("* * * *")]
    [TestCase("60 * * * *")]
    [TestCase("*/0 * * * *")]
    [TestCase("* 24 * * *")]
    [TestCase("* * 0 * *")]
    [TestCase("* * * 13 *")]
    [TestCase("* * * * 8")]
    [TestCase("a b c d e")]
    [TestCase("1-2-3 * * * *")]
    [TestCase("@often")]
    [TestCase("0 0 ? * MON#6")]
    public void What_is_no_expression_is_refused(string expression) =>
        Assert.That(() => CronSchedule.Parse(expression), Throws.InstanceOf<FormatException>());

    [Test]
    public void What_never_happens_has_no_next_occurrence() =>
        Assert.That(CronSchedule.Parse(Cron.Never()).Next(DateTime.UtcNow, TimeZoneInfo.Utc), Is.Null);

    [Test]
    public void The_next_occurrence_is_what_trying_every_minute_finds()
    {
        var field = Gen.Elements("*", "*/7", "3", "1-3", "2,5", "11-2");
        var minute = Gen.Elements("*", "*/13", "30", "0,29", "50-10/5");
        var samples =
            from m in minute
            from h in field
            from d in Gen.Elements("*", "*", "1-9", "28", "L")
            from w in Gen.Elements("*", "*", "1-5", "SUN")
            from z in Gen.Elements(TimeZoneInfo.Utc, Berlin, NewYork)
            from start in Gen.Elements(new DateTime(2026, 3, 7), new DateTime(2026, 3, 28), new DateTime(2026, 10, 24), new DateTime(2026, 10, 31))
            from offset in Gen.Choose(0, 3000)
            select (Expression: $"{m} {h} {d} * {w}", Zone: z, After: DateTime.SpecifyKind(start.AddMinutes(offset), DateTimeKind.Utc));

        Prop.ForAll(samples.ToArbitrary(), s =>
        {
            var expected = BruteForce(s.Expression, s.After, s.Zone, TimeSpan.FromDays(3));
            var actual = CronSchedule.Parse(s.Expression).Next(s.After, s.Zone);
            return (expected is null ? actual is null || actual > s.After.AddDays(3) : actual == expected)
                .Label($"{s.Expression} in {s.Zone.Id} after {s.After:O}: {actual:O} instead of {expected:O}");
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void The_next_occurrence_with_seconds_is_what_trying_every_second_finds()
    {
        var second = Gen.Elements("*", "*/7", "0", "59", "10,40", "50-10/5", "20/9");
        var minute = Gen.Elements("*", "*/4", "30", "0,29", "58-2");
        var samples =
            from s in second
            from m in minute
            from h in Gen.Elements("*", "*", "23", "0-1")
            from offset in Gen.Choose(0, 7200)
            select (Expression: $"{s} {m} {h} * * *", After: new DateTime(2026, 12, 31, 22, 30, 0, DateTimeKind.Utc).AddSeconds(offset));

        Prop.ForAll(samples.ToArbitrary(), s =>
        {
            var fields = s.Expression.Split(' ');
            var expected = Enumerable.Range(1, 7200).Select(i => s.After.AddSeconds(i)).Cast<DateTime?>().FirstOrDefault(
                t => In(Range(fields[0]), t!.Value.Second, 0, 59) && In(fields[1], t.Value.Minute, 0, 59) && In(fields[2], t.Value.Hour, 0, 23));
            var actual = CronSchedule.Parse(s.Expression).Next(s.After, TimeZoneInfo.Utc);
            return (expected is null ? actual > s.After.AddSeconds(7200) : actual == expected)
                .Label($"{s.Expression} after {s.After:O}: {actual:O} instead of {expected:O}");
        }).QuickCheckThrowOnFailure();

        // A step from a number on goes to the field's end.
        static string Range(string field) => field == "20/9" ? "20-59/9" : field;
    }

    [Test]
    public void The_next_day_is_what_trying_every_day_finds()
    {
        var samples =
            from d in Gen.Elements("*", "?", "1-9/2", "31", "L", "L-3", "LW", "1W", "15W", "30W")
            from month in Gen.Elements("*", "*/5", "2", "FEB,JUN", "11-2", "NOV-MAR/2")
            from w in Gen.Elements("*", "?", "MON-FRI", "0,3", "7", "SUN#1", "4#5", "2L", "FRIL")
            from start in Gen.Choose(0, 1500)
            select (Day: d, Month: month, Weekday: w, After: new DateTime(2023, 12, 30, 12, 0, 0, DateTimeKind.Utc).AddDays(start));

        Prop.ForAll(samples.ToArbitrary(), s =>
        {
            var expected = Enumerable.Range(1, 1500).Select(i => s.After.Date.AddDays(i)).Cast<DateTime?>()
                .FirstOrDefault(t => IsDay(s.Day, t!.Value) && IsMonth(s.Month, t.Value.Month) && IsWeekday(s.Weekday, t.Value));
            var actual = CronSchedule.Parse($"0 0 {s.Day} {s.Month} {s.Weekday}").Next(s.After, TimeZoneInfo.Utc);
            return (expected is null ? actual is null || actual > s.After.AddDays(1499) : actual == expected)
                .Label($"{s.Day} {s.Month} {s.Weekday} after {s.After:O}: {actual:O} instead of {expected:O}");
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsMonth(string field, int month) => field switch
    {
        "FEB,JUN" => month is 2 or 6,
        "NOV-MAR/2" => month is 11 or 1 or 3,
        _ => In(field, month, 1, 12),
    };

    private static bool IsDay(string field, DateTime day)
    {
        var days = Enumerable.Range(1, DateTime.DaysInMonth(day.Year, day.Month)).ToArray();
        var weekdays = days.Where(d => new DateTime(day.Year, day.Month, d).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToArray();
        return field switch
        {
            "?" => true,
            "L" => day.Day == days[^1],
            "L-3" => day.Day == days[^4],
            "LW" => day.Day == weekdays[^1],
            "1W" => day.Day == weekdays[0],
            "15W" or "30W" => int.Parse(field[..2]) is var target && target <= days[^1] && day.Day == weekdays.MinBy(d => Math.Abs(d - target)),
            _ => In(field, day.Day, 1, 31),
        };
    }

    private static bool IsWeekday(string field, DateTime day)
    {
        var before = Enumerable.Range(1, 5).Count(weeks => day.AddDays(-7 * weeks).Month == day.Month);
        return field switch
        {
            "?" => true,
            "MON-FRI" => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
            "7" => day.DayOfWeek == DayOfWeek.Sunday,
            "SUN#1" => day.DayOfWeek == DayOfWeek.Sunday && before == 0,
            "4#5" => day.DayOfWeek == DayOfWeek.Thursday && before == 4,
            "2L" => day.DayOfWeek == DayOfWeek.Tuesday && day.AddDays(7).Month != day.Month,
            "FRIL" => day.DayOfWeek == DayOfWeek.Friday && day.AddDays(7).Month != day.Month,
            _ => In(field, (int)day.DayOfWeek, 0, 6),
        };
    }

    private static readonly TestCaseData[] Helpers =
    [
        new(Cron.Minutely(), "* * * * *"),
        new(Cron.Hourly(), "0 * * * *"),
        new(Cron.Hourly(25), "25 * * * *"),
        new(Cron.Daily(), "0 0 * * *"),
        new(Cron.Daily(5), "0 5 * * *"),
        new(Cron.Daily(5, 25), "25 5 * * *"),
        new(Cron.Weekly(), "0 0 * * 1"),
        new(Cron.Weekly(DayOfWeek.Thursday), "0 0 * * 4"),
        new(Cron.Weekly(DayOfWeek.Thursday, 5), "0 5 * * 4"),
        new(Cron.Weekly(DayOfWeek.Sunday, 5, 25), "25 5 * * 0"),
        new(Cron.Monthly(), "0 0 1 * *"),
        new(Cron.Monthly(6), "0 0 6 * *"),
        new(Cron.Monthly(6, 5), "0 5 6 * *"),
        new(Cron.Monthly(6, 5, 25), "25 5 6 * *"),
        new(Cron.Yearly(), "0 0 1 1 *"),
        new(Cron.Yearly(7), "0 0 1 7 *"),
        new(Cron.Yearly(7, 6), "0 0 6 7 *"),
        new(Cron.Yearly(7, 6, 5), "0 5 6 7 *"),
        new(Cron.Yearly(7, 6, 5, 25), "25 5 6 7 *"),
        new(Cron.Never(), "0 0 31 2 *"),
        new(Cron.MinuteInterval(3), "*/3 * * * *"),
        new(Cron.HourInterval(3), "0 */3 * * *"),
        new(Cron.DayInterval(3), "0 0 */3 * *"),
        new(Cron.MonthInterval(3), "0 0 1 */3 *"),
    ];

    [TestCaseSource(nameof(Helpers))]
    public void Each_helper_writes_an_expression_that_is_read(string expression, string expected)
    {
        Assert.That(expression, Is.EqualTo(expected));
        Assert.That(() => CronSchedule.Parse(expression), Throws.Nothing);
    }

    [Test]
    public void A_recurring_job_keeps_to_the_clock_of_its_zone_across_a_change()
    {
        var entry = new RecurringEntry("nightly", new Dictionary<string, string>());
        var now = new DateTime(2026, 3, 27, 12, 0, 0, DateTimeKind.Utc);
        entry.Define("{}", "30 2 * * *", new RecurringJobOptions { TimeZone = Berlin }, now);
        var fired = new List<string>();

        for (var i = 0; i < 4; i++)
        {
            Assert.That(entry.Advance(new DefaultTimeZoneResolver(), i == 0 ? now : now.AddSeconds(-1), now, TimeSpan.Zero), Has.Count.EqualTo(i == 0 ? 0 : 1));
            now = entry.NextExecution!.Value;
            fired.Add(now.ToString("MM-ddTHH:mm"));
        }

        Assert.That(fired, Is.EqualTo(["03-28T01:30", "03-29T01:00", "03-30T00:30", "03-31T00:30"]));
    }

    // Independent of the implementation: every minute of real time, matched field by field, with the rules for gaps and repeats.
    private static DateTime? BruteForce(string expression, DateTime after, TimeZoneInfo zone, TimeSpan horizon)
    {
        var fields = expression.Split(' ');
        var isInterval = fields[..2].Any(f => f.AsSpan().IndexOfAny("*-/") >= 0);
        for (var instant = after.AddSeconds(60 - after.Second); instant <= after + horizon; instant = instant.AddMinutes(1))
        {
            var wall = TimeZoneInfo.ConvertTimeFromUtc(instant, zone);
            var isSecondPass = zone.IsAmbiguousTime(wall) && zone.GetUtcOffset(instant) == zone.GetAmbiguousTimeOffsets(wall).Min();
            if (Matches(fields, wall) && (isInterval || !isSecondPass))
                return instant;
            var gap = zone.GetUtcOffset(instant) - zone.GetUtcOffset(instant.AddMinutes(-1));
            for (var skipped = TimeSpan.FromMinutes(1); !isInterval && skipped <= gap; skipped += TimeSpan.FromMinutes(1))
                if (Matches(fields, wall - skipped))
                    return instant;
        }
        return null;
    }

    private static bool Matches(string[] fields, DateTime wall) =>
        In(fields[0], wall.Minute, 0, 59) && In(fields[1], wall.Hour, 0, 23)
        && (fields[2] == "L" ? wall.Day == DateTime.DaysInMonth(wall.Year, wall.Month) : In(fields[2], wall.Day, 1, 31))
        && (fields[4] == "SUN" ? wall.DayOfWeek == DayOfWeek.Sunday : In(fields[4], (int)wall.DayOfWeek, 0, 6));

    private static bool In(string field, int value, int min, int max) => field.Split(',').Any(part =>
    {
        var step = part.Contains('/') ? int.Parse(part.Split('/')[1]) : 1;
        var range = part.Split('/')[0].Split('-');
        var first = range[0] == "*" ? min : int.Parse(range[0]);
        var last = range[0] == "*" ? max : range.Length == 2 ? int.Parse(range[1]) : first;
        var size = max - min + 1;
        var distance = (value - first + size) % size;
        return distance <= (last - first + size) % size && distance % step == 0;
    });

    private static string? Next(string expression, string after, TimeZoneInfo zone) => CronSchedule.Parse(expression)
        .Next(DateTime.SpecifyKind(DateTime.Parse(after), DateTimeKind.Utc), zone)?.ToString("yyyy-MM-ddTHH:mm:ss");
}
