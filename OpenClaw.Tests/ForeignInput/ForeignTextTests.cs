using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Tests.ForeignInput;

/// <summary>What comes from outside can be kept, whatever it is.</summary>
public sealed class ForeignTextTests
{
    [TestCase("plain, äöü, \ud83d\ude00\r\n\t", "plain, äöü, \ud83d\ude00\r\n\t")]
    [TestCase("half <high>", "half \ufffd")]
    [TestCase("<low> other half", "\ufffd other half")]
    [TestCase("wrong way round <low><high>", "wrong way round \ufffd\ufffd")]
    [TestCase("NUL \0 and escape \u001b[31m", "NUL \ufffd and escape \ufffd[31m")]
    [TestCase("", "")]
    public void What_cannot_be_kept_is_replaced(string text, string kept) => Assert.That(ForeignText.Clean(WithHalves(text)), Is.EqualTo(kept));

    [TestCase("\ud83d\ude00\ud83d\ude00", 3, "\ud83d\ude00…")]
    [TestCase("\ud83d\ude00", 1, "…")]
    [TestCase("abc", 2, "ab…")]
    [TestCase("abc", 3, "abc")]
    public void Cutting_never_cuts_a_character(string text, int most, string kept) => Assert.That(ForeignText.Clean(text, most), Is.EqualTo(kept));

    [Test]
    public void Whatever_comes_can_be_written_as_UTF_8_and_has_no_NUL() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(
            ArbMap.Default.ArbFor<char[]>().Generator.Select(units => new string(units)).ToArbitrary(),
            text =>
            {
                var clean = ForeignText.Clean(text, 100);
                var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
                return strict.GetBytes(clean).Length >= 0 && !clean.Contains('\0') && clean.Length <= 101;
            }));

    // An attribute cannot hold half a character.
    internal static string WithHalves(string text) => text.Replace("<high>", "\ud83d", StringComparison.Ordinal).Replace("<low>", "\ude00", StringComparison.Ordinal);
}
