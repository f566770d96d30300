using System.Globalization;
using System.Text;

namespace OpenClaw.Jobs.ForeignInput;

/// <summary>
/// What comes from outside (a model's words, another server's error) before it is kept: PostgreSQL takes neither NUL nor
/// halves of characters, so what holds them could not even be recorded as a failure.
/// </summary>
public static class ForeignText
{
    private const char Replacement = '\uFFFD';

    // Of a name that somebody else chose, in a sentence of ours.
    private const int MaxQuoted = 64;

    /// <summary>Whether the text can be kept as it is: no NUL, and no half of a character.</summary>
    public static bool IsWhole(string text) => !HasAny(text, unit => unit == '\0' || char.IsSurrogate(unit));

    /// <summary>Whether the text can be a name, an id or a key: whole, and without what begins a line or turns what follows around.</summary>
    public static bool IsLine(string text) => IsWhole(text) && !text.Any(unit => char.IsControl(unit) || unit is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    /// <summary>Whether there is anything to see of it.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark));

    /// <summary>A foreign name as it may stand in a sentence of ours: one line, and short.</summary>
    public static string Quote(string name) => OneLine(name, MaxQuoted);

    /// <summary>The text as it may stand in a log: in one line, without what steers a terminal.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">UTF-16 units; what is more is cut, and an ellipsis says so.</param>
    public static string OneLine(string text, int most = int.MaxValue) => Clean(text, most).ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>The text without what cannot be kept, and not longer than <paramref name="most"/> characters and an ellipsis.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">UTF-16 units; a character is never cut in two.</param>
    public static string Clean(string text, int most = int.MaxValue)
    {
        var end = text.Length > most ? CutAt(text, most) : text.Length;
        if (end == text.Length && !HasAny(text, IsBad))
        {
            return text;
        }

        var clean = new StringBuilder(end + 1);
        for (var i = 0; i < end; i++)
        {
            if (i + 1 < end && IsPair(text, i))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(IsBad(text[i]) ? Replacement : text[i]);
            }
        }

        return end < text.Length ? clean.Append('…').ToString() : clean.ToString();
    }

    /// <summary>Where to cut a text that is longer than <paramref name="most"/> UTF-16 units: there, or one before, so that no character is cut in two.</summary>
    public static int CutAt(string text, int most) => most > 0 && IsPair(text, most - 1) ? most - 1 : most;

    private static bool IsPair(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);

    // Of what is no whole character of two units.
    private static bool HasAny(string text, Func<char, bool> isMeant)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                i++;
            }
            else if (isMeant(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBad(char unit) => char.IsSurrogate(unit) || (char.IsControl(unit) && unit is not ('\t' or '\n' or '\r'));
}
