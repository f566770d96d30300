using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Tests.Web;

public sealed class IntervalTextTests
{
    [TestCase("5m", 5, "5m")]
    [TestCase("60m", 60, "1h")]
    [TestCase("2h", 120, "2h")]
    [TestCase("PT45M", 45, "45m")]
    [TestCase("P1D", 1440, "24h")]
    [TestCase("1h30m", 90, "90m")]
    [TestCase("7d", 10080, "168h")]
    [TestCase("2w", 20160, "336h")]
    [TestCase("1d12h", 2160, "36h")]
    [TestCase("1m60s", 2, "2m")]
    public void An_interval_is_read_in_any_form_and_written_in_the_shortest(string text, int minutes, string written)
    {
        Assert.That(IntervalText.Read(text), Is.EqualTo(TimeSpan.FromMinutes(minutes)));
        Assert.That(IntervalText.Write(TimeSpan.FromMinutes(minutes)), Is.EqualTo(written));
    }

    [TestCase("30s", 30, "30s")]
    [TestCase("90s", 90, "90s")]
    [TestCase("PT1M30S", 90, "90s")]
    [TestCase("1m30s", 90, "90s")]
    public void Seconds_are_read_and_written(string text, int seconds, string written)
    {
        Assert.That(IntervalText.Read(text), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(IntervalText.Write(TimeSpan.FromSeconds(seconds)), Is.EqualTo(written));
    }

    [TestCase("")]
    [TestCase("30m1h")]
    [TestCase("1h1h")]
    [TestCase("1h 30m")]
    [TestCase("999999999w")]
    [TestCase("soon")]
    [TestCase("5")]
    [TestCase("5 m")]
    [TestCase("-5m")]
    [TestCase("٥m")]
    [TestCase("9999999999h")]
    [TestCase("PT")]
    [TestCase("P99999999999D")]
    public void An_unknown_form_reads_as_an_interval_that_the_rules_refuse(string text) =>
        Assert.That(IntervalText.Read(text), Is.EqualTo(TimeSpan.Zero));
}
