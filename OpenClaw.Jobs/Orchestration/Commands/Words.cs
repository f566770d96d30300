using System.Globalization;
using System.Text;

namespace OpenClaw.Jobs.Orchestration.Commands;

/// <summary>A text as words to compare, each with its place: what a person typed is cut out of the text as it was.</summary>
internal sealed class Words
{
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
                i++;

            if (Plain(text[start..i]) is { Length: > 0 } plain)
                words.Add(new Word(plain, start, i));
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
            return false;

        for (var i = 0; i < words.Length; i++)
        {
            if (this[i] != words[i])
                return false;
        }

        return true;
    }

    public int IndexOf(Func<string, bool> predicate)
    {
        for (var i = 0; i < Count; i++)
        {
            if (predicate(this[i]))
                return i;
        }

        return -1;
    }

    /// <summary>What the person typed there, as it is.</summary>
    public string Raw() => Count == 0 ? "" : _text[_words[0].Start.._words[^1].End];

    // Case, accents of presentation, invisible marks and the punctuation around a word make no other word of it. A quote
    // before it does: a name begins.
    private static string Plain(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var rune in WellFormed(word).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                plain.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        var whole = plain.ToString();
        var trimmed = whole.TrimStart('(', '*', '_', '~', '`').TrimEnd('"', '\'', '“', '”', '’', '»', '.', '!', '?', ',', ';', ':', ')', '*', '_', '~', '`');
        return trimmed.Length > 0 ? trimmed : whole;
    }

    // Half of a surrogate pair cannot be normalized.
    private static string WellFormed(string word) => string.Concat(word.EnumerateRunes().Select(rune => rune.ToString()));

    private readonly record struct Word(string Plain, int Start, int End);
}
