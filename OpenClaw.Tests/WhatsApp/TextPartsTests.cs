using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>Long texts become messages that fit, and lose nothing.</summary>
public sealed class TextPartsTests
{
    private const int Room = 100;
    private const string Opening = "```\n";
    private const string Closing = "\n```";

    [Test]
    public void Parts_fit_close_what_they_open_cut_no_character_and_are_the_text_together() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(Arb.From(Texts()), text =>
        {
            var parts = TextParts.Split(text, Room);
            return parts.All(part => part.Length <= Room && Fences(part) % 2 == 0 && IsWhole(part)) && Together(text, parts, 0, 0, open: false);
        }));

    [Test]
    public void What_models_write_is_put_into_marks_that_can_be_cut() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5_000),
        Prop.ForAll(Arb.From(Texts()), text =>
        {
            var marked = WhatsAppText.Of(text);
            return marked.Length <= (text.Length * 2) + 100 && IsWhole(marked) && TextParts.Split(marked, Room, 4, RestOfText.Offer) is { Count: >= 1 and <= 4 } parts
                && parts.All(part => part.Length <= Room && Fences(part) % 2 == 0);
        }));

    [Test]
    public void Of_a_text_that_is_too_long_the_rest_is_offered_and_is_the_end_of_it()
    {
        var text = "Begin\n```\n" + string.Join('\n', Enumerable.Range(0, 200).Select(number => $"    line {number}")) + "\n```\nEnd";

        var parts = TextParts.Split(text, Room, 3, RestOfText.Offer);

        Assert.That(parts, Has.Count.EqualTo(3));
        var last = Regex.Match(parts[^1], "(    line [0-9]+\n)```\n\n… ([0-9,]+) more characters\\. Write MORE to read on\\.$");
        var left = int.Parse(last.Groups[2].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.That(text[..^left], Does.EndWith(last.Groups[1].Value));
        Assert.That(TextParts.From(text, text.Length - left), Is.EqualTo("```\n" + text[^left..]).And.StartWith("```\n    line "));
    }

    [TestCase(1)]
    [TestCase(7)]
    public void A_line_without_spaces_is_cut_between_its_characters(int shift)
    {
        const string family = "👩‍👩‍👧‍👦";
        var text = new string('x', shift) + string.Concat(Enumerable.Repeat(family, 40));

        var parts = TextParts.Split(text, Room);

        Assert.That(string.Concat(parts), Is.EqualTo(text));
        Assert.That(parts.Skip(1), Is.All.StartsWith(family));
    }

    // Words, marks, code, characters of several units, and whatever else there is.
    private static Gen<string> Texts()
    {
        var pieces = Gen.OneOf(
            Gen.Elements("word ", "longer-word ", "\n", "\n\n", "```", "```python\n", "\n```\n", "`", "**", "*", "__", "~~", "# Title\n", "| a | b |\n|---|---|\n", "[text](https://a.example/b_(c))", "    ", "👩‍👩‍👧‍👦", "e\u0301\u0302\u0303", "\ud83d\ude00"),
            Gen.Elements('x', '`', '*', ' ', '語', '|').SelectMany(letter => Gen.Choose(1, 150).Select(count => new string(letter, count))),
            ArbMap.Default.GeneratorFor<string>().Select(text => ForeignText.Clean(text ?? "")));
        return Gen.ArrayOf(pieces).Select(string.Concat);
    }

    private static int Fences(string text) => text.AsSpan().Count("```");

    private static bool IsWhole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    // Each part is the text from where the last one ended; only white space may be lost between two. The text may itself go on
    // with a fence where a part was closed, so both are tried.
    private static bool Together(string text, IReadOnlyList<string> parts, int index, int at, bool open)
    {
        if (index == parts.Count)
        {
            return string.IsNullOrWhiteSpace(text[at..]);
        }

        var body = open && parts[index].StartsWith(Opening, StringComparison.Ordinal) ? parts[index][Opening.Length..] : parts[index];
        for (; ; at++)
        {
            if ((body.EndsWith(Closing, StringComparison.Ordinal) && body[..^Closing.Length] is var unclosed && At(text, at, unclosed) && Together(text, parts, index + 1, at + unclosed.Length, open: true))
                || (At(text, at, body) && Together(text, parts, index + 1, at + body.Length, open: false)))
            {
                return true;
            }

            if (at >= text.Length || !char.IsWhiteSpace(text[at]))
            {
                return false;
            }
        }
    }

    private static bool At(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;
}
