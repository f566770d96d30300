using System.Text;

namespace OpenClaw.Jobs;

/// <summary>
/// What comes from outside (a model's words, another server's error) before it is kept: PostgreSQL takes neither NUL nor
/// halves of characters, so what holds them could not even be recorded as a failure.
/// </summary>
public static class ForeignText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text without what cannot be kept, and not longer than <paramref name="most"/> characters and an ellipsis.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">UTF-16 units; a character is never cut in two.</param>
    public static string Clean(string text, int most = int.MaxValue)
    {
        var end = text.Length > most ? Cut(text, most) : text.Length;
        if (end == text.Length && IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(end + 1);
        for (var i = 0; i < end; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1]))
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

    private static int Cut(string text, int most) => most > 0 && char.IsHighSurrogate(text[most - 1]) && char.IsLowSurrogate(text[most]) ? most - 1 : most;

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (IsBad(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBad(char unit) => char.IsSurrogate(unit) || (char.IsControl(unit) && unit is not ('\t' or '\n' or '\r'));
}
