using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Heartbeats;

namespace OpenClaw.Tests.Heartbeats;

public sealed class ActiveHoursRulesTests
{
    [TestCase("08:00", "22:00", null, "2026-07-01T08:00Z", true)]
    [TestCase("08:00", "22:00", null, "2026-07-01T21:59Z", true)]
    [TestCase("08:00", "22:00", null, "2026-07-01T22:00Z", false)]
    [TestCase("08:00", "24:00", null, "2026-07-01T23:59Z", true)]
    [TestCase("22:00", "06:00", null, "2026-07-01T23:00Z", true)]
    [TestCase("22:00", "06:00", null, "2026-07-01T05:59Z", true)]
    [TestCase("22:00", "06:00", null, "2026-07-01T06:00Z", false)]
    [TestCase("08:00", "08:00", null, "2026-07-01T08:00Z", false)]
    [TestCase("08:00", "09:00", "Europe/Berlin", "2026-07-01T06:30Z", true)]
    [TestCase("08:00", "09:00", "Europe/Berlin", "2026-01-01T06:30Z", false)]
    [TestCase("08:00", "09:00", "Europe/Berlin", "2026-01-01T07:30Z", true)]
    public void Contains(string start, string end, string? zone, string instant, bool expected) =>
        Assert.That(ActiveHoursRules.Contains(new ActiveHours(start, end, zone), DateTimeOffset.Parse(instant)), Is.EqualTo(expected));

    [TestCase("8:00", "22:00", null)]
    [TestCase("08:00", "25:00", null)]
    [TestCase("24:00", "08:00", null)]
    [TestCase("", "08:00", null)]
    [TestCase("08:00", "09:00", "Mars/Olympus")]
    public void What_is_not_valid(string start, string end, string? zone) =>
        Assert.That(ActiveHoursRules.AreValid(new ActiveHours(start, end, zone)), Is.False);
}
