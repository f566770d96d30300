using System.Globalization;
using System.Text;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>A text as words to compare, each with its place: what a person typed is cut out of the text as it was.</summary>
internal sealed class Words
{
    private static readonly char[] Behind = [.. "\"'“”’».…!?,;:。、؟،।)*_~`"];

    private readonly string _text;
    private readonly List<Word> _words;

    private Words(string text, List<Word> words) => (_text, _words) = (text, words);

    public int Count => _words.Count;

    public string this[Index index] => _words[index].Plain;

    public static Words Of(string text)
    {
        var words = new List<Word>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || char.IsControl(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]) && !char.IsControl(text[i]))
            {
                i++;
            }

            if (Plain(text[start..i]) is { Length: > 0 } plain)
            {
                words.Add(new Word(plain, start, i));
            }
        }

        return new Words(text, words);
    }

    /// <summary>It is the beginning of a name within quotes, and so no word of a command.</summary>
    public bool IsQuoted(int index) => NameReader.IsQuote(_text[_words[index].Start]);

    /// <summary>Without the first ones.</summary>
    public Words From(int first) => Between(first, Count);

    public Words Between(int first, int end) => new(_text, _words[Math.Min(first, Count)..Math.Max(Math.Min(first, Count), Math.Min(end, Count))]);

    public bool StartsWith(params ReadOnlySpan<string> words)
    {
        if (Count < words.Length)
        {
            return false;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (this[i] != words[i])
            {
                return false;
            }
        }

        return true;
    }

    public int IndexOf(Func<string, bool> predicate)
    {
        for (var i = 0; i < Count; i++)
        {
            if (predicate(this[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What the person typed there, as it is.</summary>
    public string Raw() => Count == 0 ? "" : _text[_words[0].Start.._words[^1].End];

    // Full-width letters are the plain ones.
    private static Rune Narrow(Rune rune) => rune.Value is > 0xFF00 and < 0xFF5F ? new Rune(rune.Value - 0xFEE0) : rune;

    // An accent that follows its letter, or whether a sign is to be shown as text or as a picture.
    private static bool IsMark(Rune rune) => rune.Value is (>= 0x300 and < 0x370) or (>= 0xFE00 and <= 0xFE0F);

    // Case, accents of presentation, invisible marks and the punctuation around a word make no other word of it. A quote
    // before it does: a name begins.
    private static string Plain(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes().Select(Narrow))
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control) && !IsMark(rune))
            {
                plain.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        var whole = plain.ToString();
        var trimmed = whole.TrimStart('(', '*', '_', '~', '`', '¡', '¿').TrimEnd(Behind);
        return trimmed.Length > 0 ? trimmed : whole;
    }

    private readonly record struct Word(string Plain, int Start, int End);
}
