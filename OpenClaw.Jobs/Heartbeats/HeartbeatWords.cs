using System.Globalization;
using System.Text;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>
/// What a text says, whatever it is dressed in: case, Markdown, quotes, tags, bullets, the numbers of a list and emoji are
/// clothes. What is not known to say nothing is news, so that nothing is lost because a list of words is too short.
/// </summary>
internal sealed record HeartbeatWords
{
    // What says nothing is short; it also bounds what the phrases are tried on.
    private const int LongestQuiet = 120;

    private static readonly HashSet<Rune> GoodSigns = [.. "✅✔☑✓🟢👍👌💚🆗".EnumerateRunes()];
    private static readonly HashSet<Rune> BadSigns = [.. "❌✖✗✘⚠🔴🟠🟡🚨🛑❗‼⛔🚫🔥👎💀🆘❓⁉💥".EnumerateRunes()];

    /// <summary>OpenClaw's word for it stands at the beginning or the end of a clause.</summary>
    public bool Acknowledges { get; private init; }

    /// <summary>It says that there is nothing to say, in whatever words, or by a sign.</summary>
    public bool IsQuiet { get; private init; }

    /// <summary>Something in it is neither.</summary>
    public bool HasNews { get; private init; }

    /// <summary>There is a sign in it such as a warning triangle, or a clause that begins with "but".</summary>
    public bool Warns { get; private init; }

    /// <summary>There is an acknowledgement in it, and nothing else.</summary>
    public bool SaysNothing => (Acknowledges || IsQuiet) && !HasNews && !Warns;

    public static bool IsGood(Rune sign) => GoodSigns.Contains(sign);

    public static bool IsBad(Rune sign) => BadSigns.Contains(sign);

    public static HeartbeatWords Read(string text)
    {
        var (acknowledges, quiet, news, warns) = (false, false, false, false);
        foreach (var sign in text.EnumerateRunes())
        {
            quiet |= IsGood(sign);
            warns |= IsBad(sign);
        }

        foreach (var clause in Clauses(QuietPhrases.ListNumber().Replace(text, "\n")))
        {
            var rest = clause;
            while (QuietPhrases.Acknowledgement().Match(rest) is { Success: true } word)
            {
                acknowledges = true;
                rest = rest.Remove(word.Index, word.Length).Trim();
            }

            if (rest.Length == 0)
            {
                continue;
            }

            switch (Judge(rest))
            {
                case Said.Nothing:
                    quiet = true;
                    break;
                case Said.Something:
                    news = true;
                    warns |= QuietPhrases.Contrast().IsMatch(rest);
                    break;
            }
        }

        return new HeartbeatWords { Acknowledges = acknowledges, IsQuiet = quiet, HasNews = news, Warns = warns };
    }

    private static Said Judge(string clause)
    {
        if (clause.Length > LongestQuiet)
        {
            return Said.Something;
        }

        if (Known(clause) is { } known)
        {
            return known;
        }

        var parts = clause.Split(" and ").Select(Known).ToList();
        return parts.Contains(null) ? Said.Something : parts.Contains(Said.Nothing) ? Said.Nothing : Said.Framing;
    }

    private static Said? Known(string clause) =>
        QuietPhrases.Nothing().IsMatch(clause) || QuietPhrases.AllWell().IsMatch(clause) ? Said.Nothing
        : QuietPhrases.Framing().IsMatch(clause) ? Said.Framing
        : null;

    /// <summary>Words in lower case, one space apart. An underscore or a hyphen joins two words; any other mark ends the clause.</summary>
    private static IEnumerable<string> Clauses(string text)
    {
        var clause = new StringBuilder();
        var joins = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune);
            if (isWord || rune.Value is '\'' or '’')
            {
                if (joins && clause.Length > 0)
                {
                    clause.Append(' ');
                }

                clause.Append(isWord ? Rune.ToLowerInvariant(rune).ToString() : "'");
                joins = false;
            }
            else if (rune.Value is ' ' or '\t' or '_' or '-' or '*' or '`' or '\\')
            {
                // A dash that stands alone parts what is said.
                if (rune.Value == '-' && joins && clause.Length > 0)
                {
                    yield return Unquote(clause);
                    clause.Clear();
                }

                joins = true;
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
            {
                if (clause.Length > 0)
                {
                    yield return Unquote(clause);
                }

                clause.Clear();
                joins = false;
            }
        }

        if (clause.Length > 0)
        {
            yield return Unquote(clause);
        }
    }

    // An apostrophe within a word is one; at its end it is a quotation mark.
    private static string Unquote(StringBuilder clause) =>
        clause.Replace("' ", " ").Replace(" '", " ").ToString().Trim('\'', ' ');

    private enum Said
    {
        Nothing,

        /// <summary>Words around it, such as "here is my report".</summary>
        Framing,
        Something,
    }
}
