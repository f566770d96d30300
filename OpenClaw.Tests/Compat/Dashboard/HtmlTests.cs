using Hangfire.Dashboard;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class HtmlTests
{
    [Test]
    public void Holes_are_encoded_and_literal_parts_are_not()
    {
        var text = "<b> & \"c\"";

        Assert.That(Html.Of($"<p title=\"{text}\">{text}</p>").ToString(),
            Is.EqualTo("<p title=\"&lt;b&gt; &amp; &quot;c&quot;\">&lt;b&gt; &amp; &quot;c&quot;</p>"));
    }

    [Test]
    public void Markup_within_markup_is_not_encoded_again() =>
        Assert.That(Html.Of($"<ul>{Html.Join(["<", ">"], item => Html.Of($"<li>{item}</li>"))}</ul>").ToString(),
            Is.EqualTo("<ul><li>&lt;</li><li>&gt;</li></ul>"));

    [Test]
    public void Numbers_and_instants_are_written_alike_in_every_culture() =>
        Assert.That(Html.Of($"{1234567:N0} {0.5} {new DateTime(2026, 11, 21):yyyy-MM-dd}").ToString(), Is.EqualTo("1,234,567 0.5 2026-11-21"));

    [Test]
    public void Nothing_is_empty() =>
        Assert.That(Html.Of($"{(string?)null}{Html.Empty}").ToString(), Is.Empty);
}
