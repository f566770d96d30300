using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.Schedules;

namespace OpenClaw.Tests.Gateway;

/// <summary>An instant without an offset is the time on the clock of its zone.</summary>
public sealed class LocalTimeTests
{
    [TestCase("2027-01-31T08:00:00", "America/New_York", "2027-01-31T13:00:00Z")]
    [TestCase("2027-07-04T08:00", "America/New_York", "2027-07-04T12:00:00Z")]
    [TestCase("2027-07-04 08:00", "Europe/Berlin", "2027-07-04T06:00:00Z")]
    [TestCase("2027-07-04", "Asia/Kolkata", "2027-07-03T18:30:00Z")]
    [TestCase("2027-01-31T08:00:00.250", "UTC", "2027-01-31T08:00:00.25Z")]
    [TestCase("2027-01-31T08:00:00Z", "America/New_York", "2027-01-31T08:00:00Z")]
    [TestCase("2027-01-31T08:00:00+02:00", "America/New_York", "2027-01-31T06:00:00Z")]
    [TestCase("2027-03-14T02:30:00-05:00", "America/New_York", "2027-03-14T07:30:00Z")]
    public void It_is_read(string text, string zone, string instant)
    {
        Assert.That(LocalTime.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById(zone), out var read, out var problem), Is.True, problem);
        Assert.That(read, Is.EqualTo(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));
    }

    [TestCase("2027-03-14T02:30:00", "America/New_York", "does not exist in America/New_York")]
    [TestCase("2027-11-07T01:30:00", "America/New_York", "comes twice in America/New_York, because the clocks are put back. Say which: 2027-11-07T01:30:00-04:00 or 2027-11-07T01:30:00-05:00")]
    [TestCase("2027-10-31T02:30", "Europe/Berlin", "2027-10-31T02:30:00+02:00 or 2027-10-31T02:30:00+01:00")]
    [TestCase("tomorrow", "UTC", "ISO 8601")]
    [TestCase("08:00", "UTC", "ISO 8601")]
    [TestCase("1/2/2027", "UTC", "ISO 8601")]
    [TestCase("2027-02-30T08:00", "UTC", "ISO 8601")]
    [TestCase("9999-12-31T23:00", "America/New_York", "out of range")]
    public void A_time_that_is_none_or_comes_twice_says_so(string text, string zone, string reason)
    {
        Assert.That(LocalTime.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById(zone), out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain(reason));
    }

    [Test]
    public void Whatever_is_written_is_read_or_refused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(
            Gen.OneOf(
                ArbMap.Default.ArbFor<string?>().Generator.Select(text => text ?? ""),
                Gen.Choose(0, 9999).SelectMany(_ => Gen.Choose(0, 99999), (year, rest) => $"{year:D4}-{rest % 14:D2}-{rest % 33:D2}T{rest % 25:D2}:{rest % 61:D2}{(rest % 3 == 0 ? "Z" : rest % 3 == 1 ? "+14:00" : "")}")).ToArbitrary(),
            text => LocalTime.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), out _, out var problem) == (problem is null)));

    [TestCase("00:15:00", "2027-01-31T08:00:00Z", null)]
    [TestCase("00:15:00", "2027-01-31T08:07:30Z", "30 7/15 * * * *")]
    [TestCase("01:00:00", "2027-01-31T08:13:20Z", "20 13 0/1 * * *")]
    [TestCase("02:00:00", "2027-01-31T09:13:20Z", "20 13 1/2 * * *")]
    [TestCase("1.00:00:00", "2027-01-31T08:13:20Z", "20 13 8 * * *")]
    [TestCase("00:00:10", "2027-01-31T08:13:23Z", "3/10 * * * * *")]
    [TestCase("00:00:10", "1969-12-31T23:59:53Z", "3/10 * * * * *")]
    [TestCase("00:07:00", "2027-01-31T08:07:30Z", null)]
    public void An_interval_counts_from_its_anchor(string every, string anchor, string? cron)
    {
        var schedule = ScheduleRules.Anchored(TimeSpan.Parse(every, CultureInfo.InvariantCulture), DateTimeOffset.Parse(anchor, CultureInfo.InvariantCulture));

        Assert.That(schedule.Cron, Is.EqualTo(cron));
    }
}
