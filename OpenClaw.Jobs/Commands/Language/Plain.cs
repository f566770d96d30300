namespace OpenClaw.Jobs.Commands.Language;

/// <summary>A short message as the words that it is, for comparing: without case, punctuation and politeness.</summary>
public static class Plain
{
    // Longer than that it is not one of the words that are compared with.
    private const int Longest = 64;

    /// <summary>Empty for a text that is too long to be one of a few words.</summary>
    public static string Of(string text) => text.Length > Longest ? "" : Of(Words.Of(text));

    internal static string Of(Words typed)
    {
        var words = Courtesy.After(Courtesy.Before(typed));
        return string.Join(' ', Enumerable.Range(0, words.Count).Select(index => words[index]));
    }
}
