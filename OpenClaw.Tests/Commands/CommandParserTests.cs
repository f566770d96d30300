using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.Commands.Language;

namespace OpenClaw.Tests.Commands;

public sealed class CommandParserTests
{
    [TestCaseSource(typeof(Phrasings), nameof(Phrasings.All))]
    public void A_phrasing_means_what_the_table_says(string typed, string meaning) => Assert.That(Describe(CommandParser.Read(typed)), Is.EqualTo(meaning));

    [Test]
    public void A_command_written_plainly_reads_as_itself()
    {
        foreach (var typed in Phrasings.All.Select(row => (string)row.Arguments[0]!))
        {
            if (CommandParser.Read(typed) is Reading.Exact { Command: var command and not Command.Confirm { Code: "" } })
            {
                Assert.That(CommandParser.Read(command.Text), Is.EqualTo(new Reading.Exact(command)), typed);
            }
        }
    }

    // Words of commands in any order, with any characters between them.
    [Test]
    public void Whatever_is_typed_has_one_reading_and_a_command_reads_as_itself_again()
    {
        var words = Phrasings.All.SelectMany(row => ((string)row.Arguments[0]!).Split(' ')).Distinct().ToArray();
        var piece = Gen.OneOf(Gen.Elements(words), Gen.Elements("\n", "\t", "\0", "\ud83d", "\udc69\u200d", "\u202e", "\u2066", "\u0007", "\"", "“", "  ", "العربية", "#", "/", "**", "```", "🛑", "/stop", "using a/b"), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        var texts = Gen.ArrayOf(piece).Select(pieces => string.Join(' ', pieces));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000),
            Prop.ForAll(Arb.From(texts), text => CommandParser.Read(text) switch
            {
                Reading.Exact { Command: Command.Confirm { Code: "" } } => true,
                Reading.Exact { Command: var command } => CommandParser.Read(command.Text) is Reading.Exact again && again.Command == command,
                Reading.Unclear unclear => unclear.Question.Length + unclear.Choices.Sum(choice => choice.Length) < 600,
                _ => true,
            }));
    }

    [Test]
    public void A_text_that_is_too_long_is_no_command() =>
        Assert.That(CommandParser.Read("tell researcher " + new string('x', CommandParser.MaxLength)), Is.InstanceOf<Reading.Unclear>());

    [TestCase("")]
    [TestCase(" \n\t ")]
    [TestCase("\u200b\u200f")]
    public void A_text_without_words_is_empty(string typed) => Assert.That(CommandParser.Read(typed), Is.InstanceOf<Reading.Empty>());

    private static string Describe(Reading reading) => reading switch
    {
        Reading.Exact exact => exact.Command.Text + (exact.Slipped ? " (slip)" : ""),
        Reading.Unclear => "unclear",
        Reading.Free => "free",
        _ => "empty",
    };
}
