using System.Diagnostics;
using OpenClaw.Jobs.Channels.WhatsApp;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>What models write, as WhatsApp shows it.</summary>
public sealed class WhatsAppTextTests
{
    [TestCase("It is **bold** and __very bold__.", "It is *bold* and *very bold*.")]
    [TestCase("这是**粗体**文字", "这是*粗体*文字")]
    [TestCase("***both***, ~~gone~~", "*_both_*, ~gone~")]
    [TestCase("**a [link](https://a.example/x_(y))**", "*a link (https://a.example/x_(y))*")]
    [TestCase("[https://a.example](https://a.example) ![a chart](https://a.example/c.png \"Chart\")", "https://a.example a chart (https://a.example/c.png)")]
    [TestCase("# Report\n## **Part** two ##\ntext", "*Report*\n*Part two*\ntext")]
    [TestCase("- one\n- **two**\n1. three\n> said", "- one\n- *two*\n1. three\n> said")]
    [TestCase("above\n---\nbelow\n* * *", "above\n———\nbelow\n———")]
    [TestCase("```python\nx = 2**3  # **not bold**\n```\n**bold**", "```\nx = 2**3  # **not bold**\n```\n*bold*")]
    [TestCase("~~~\ncode\n~~~", "```\ncode\n```")]
    [TestCase("   ```sh\n   ls\n   ```", "```\n   ls\n```")]
    [TestCase("never closed:\n```\ncode", "never closed:\n```\ncode\n```")]
    [TestCase("| a | b |\n|---|:-:|\n| 1 | **2** |\nafter", "```\n| a | b |\n| 1 | **2** |\n```\nafter")]
    [TestCase("`a**b**c` and ``` inline ```", "`a**b**c` and ``` inline ```")]
    [TestCase("2**3**4, a * b * c, snake_case_name, __init__, #hashtag, a|b, [x], *already bold*, _italic_", "2**3**4, a * b * c, snake_case_name, __init__, #hashtag, a|b, [x], *already bold*, _italic_")]
    [TestCase("", "")]
    public void Marks_are_whatsapps_and_code_is_left_alone(string markdown, string shown)
    {
        Assert.That(WhatsAppText.Of(markdown), Is.EqualTo(shown));
        Assert.That(WhatsAppText.Of(shown), Is.EqualTo(shown), "It is in WhatsApp's marks already.");
    }

    [TestCase(" **a")]
    [TestCase("# a #")]
    [TestCase("[](a")]
    [TestCase("`a ")]
    [TestCase(" __a a")]
    [TestCase("```\n")]
    [TestCase("|-|\n")]
    public void A_text_of_nothing_but_marks_takes_no_time(string piece)
    {
        var clock = Stopwatch.StartNew();

        _ = TextParts.Split(WhatsAppText.Of(string.Concat(Enumerable.Repeat(piece, 262_144 / piece.Length))), WhatsAppOutbox.MaxLength, 10, RestOfText.Offer);

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}
