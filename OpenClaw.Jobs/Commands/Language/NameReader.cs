using System.Globalization;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Reads names, which are one word, several, or anything within quotes.</summary>
internal static class NameReader
{
    private const string Single = "'‘’";
    private const string Double = "\"“”„«»";

    public static bool IsQuote(char character) => IsDoubleQuote(character) || Single.Contains(character, StringComparison.Ordinal);

    public static bool IsDoubleQuote(char character) => Double.Contains(character, StringComparison.Ordinal);

    /// <summary>What stands in quotes at the beginning; null when nothing does.</summary>
    public static string? Quoted(Words words, out Words after)
    {
        var raw = words.Raw();
        after = words;
        var closing = raw.Length == 0 ? null : Single.Contains(raw[0], StringComparison.Ordinal) ? Single : Double.Contains(raw[0], StringComparison.Ordinal) ? Double : null;
        if (closing is null || raw.IndexOfAny([.. closing], 1) is not (> 0 and var close) || Clean(raw[1..close]) is not { Length: > 0 } name)
        {
            return null;
        }

        after = Words.Of(raw[(close + 1)..]);
        return name;
    }

    /// <summary>The name that the words are: "the agent researcher" is researcher, and an agent of the name "agent" stays one.</summary>
    public static string Agent(Words words)
    {
        if (Quoted(words, out var after) is { } quoted && Courtesy.After(after) is { Count: 0 })
        {
            return quoted;
        }

        var name = Courtesy.After(words);
        while (name.Count > 1 && name[0] is "the" or "my" or "our" or "agent" or "named" or "called")
        {
            name = name.From(1);
            if (Quoted(name, out after) is { } late && after.Count == 0)
            {
                return late;
            }
        }

        while (name.Count > 1 && name[^1] is "agent")
        {
            name = name.Between(0, name.Count - 1);
        }

        return Clean(name.Raw());
    }

    /// <summary>What a person typed, without the marks around it; quotes within are single ones, and control characters spaces.</summary>
    public static string Clean(string typed)
    {
        var (start, end) = (0, typed.Length);
        while (start < end && (IsSpace(typed[start]) || IsQuote(typed[start])))
        {
            start++;
        }

        while (end > start && (IsSpace(typed[end - 1]) || IsQuote(typed[end - 1]) || typed[end - 1] is '.' or '!' or '?' or ',' or ';' or ':'))
        {
            end--;
        }

        return string.Concat(typed[start..end].Select(character => char.IsControl(character) ? ' ' : IsDoubleQuote(character) ? '\'' : character));
    }

    private static bool IsSpace(char character) =>
        char.IsWhiteSpace(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format;
}
