using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Tests.Web;

public sealed class IntervalTextTests
{
    [TestCase("5m", 5, "5m")]
    [TestCase("60m", 60, "1h")]
    [TestCase("2h", 120, "2h")]
    [TestCase("PT45M", 45, "45m")]
    [TestCase("P1D", 1440, "24h")]
    public void An_interval_is_read_in_any_form_and_written_in_the_shortest(string text, int minutes, string written)
    {
        Assert.That(IntervalText.Read(text), Is.EqualTo(TimeSpan.FromMinutes(minutes)));
        Assert.That(IntervalText.Write(TimeSpan.FromMinutes(minutes)), Is.EqualTo(written));
    }

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
