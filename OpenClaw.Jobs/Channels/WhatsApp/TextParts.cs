using System.Globalization;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Cuts a long text into messages, at the end of a line or a word where there is one, and never within a character. A block of
/// code that is cut is closed, and opened again in the next part.
/// </summary>
public static class TextParts
{
    /// <summary>What opens and closes a block of code on WhatsApp.</summary>
    public const string Fence = "```";

    private const string Opening = $"{Fence}\n";
    private const string Closing = $"\n{Fence}";

    /// <summary>At least one part; all of them together are the text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="room">UTF-16 units of a part; at least 64.</param>
    public static IReadOnlyList<string> Split(string text, int room) => Split(text, room, int.MaxValue, _ => "");

    /// <summary>At least one part; of a longer text than go into so many, the beginning and what is said of the rest.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="room">UTF-16 units of a part; at least 64 more than what is said of the rest.</param>
    /// <param name="most">So many parts at most.</param>
    /// <param name="rest">What is said when so many UTF-16 units at the end of the text are left.</param>
    public static IReadOnlyList<string> Split(string text, int room, int most, Func<int, string> rest)
    {
        var parts = new List<string>();
        var (at, open) = (0, false);
        while (at < text.Length)
        {
            var head = open ? Opening : "";
            var isOddToTheEnd = open ^ IsOdd(text.AsSpan(at));
            if (head.Length + text.Length - at + (isOddToTheEnd ? Closing.Length : 0) <= room)
            {
                parts.Add($"{head}{text.AsSpan(at)}{(isOddToTheEnd ? Closing : "")}");
                break;
            }

            var isLast = parts.Count == most - 1;
            var space = room - head.Length - Closing.Length - (isLast ? rest(text.Length).Length + 2 : 0);
            var end = EndOf(text, at, space);
            var piece = text[at..end];
            var wasOpen = open;
            open ^= IsOdd(piece);
            at = AfterBreak(text, end, open);
            piece = wasOpen || open ? piece : piece.TrimEnd();
            if (piece.Length > 0)
            {
                parts.Add($"{head}{piece}{(open ? Closing : "")}{(isLast && at < text.Length ? $"\n\n{rest(text.Length - at)}" : "")}");
            }

            if (isLast && piece.Length > 0)
            {
                break;
            }
        }

        return parts.Count == 0 ? [text.Length <= room ? text : ""] : parts;
    }

    /// <summary>The end of a text, with its block of code opened again when it begins within one.</summary>
    public static string From(string text, int start) => (IsOdd(text.AsSpan(0, start)) ? Opening : "") + text[start..];

    // A line or word that leaves more than half of the room empty is no good place.
    private static int EndOf(string text, int at, int space)
    {
        foreach (var separator in (char[])['\n', ' '])
        {
            if (text.LastIndexOf(separator, at + space, space / 2) is var found and > 0)
            {
                return found;
            }
        }

        return OutsideOfFence(text, at, EndOfCharacter(text, at, space));
    }

    // A character may be many units: a family of emoji, a letter with its marks.
    private static int EndOfCharacter(string text, int at, int space)
    {
        var end = at;
        while (StringInfo.GetNextTextElementLength(text, end) is var length && end + length <= at + space)
        {
            end += length;
        }

        return end > at ? end : ForeignText.CutAt(text, at + space);
    }

    // Half of a fence would open nothing.
    private static int OutsideOfFence(string text, int at, int end)
    {
        if (text[end] != '`' || text[end - 1] != '`')
        {
            return end;
        }

        var start = end;
        while (start > at && text[start - 1] == '`')
        {
            start--;
        }

        return start > at ? start : at + ((end - at) / Fence.Length * Fence.Length);
    }

    // Of the white space at the cut a block of code loses one character alone: what follows is indented.
    private static int AfterBreak(string text, int end, bool isCode)
    {
        if (isCode)
        {
            return end < text.Length && text[end] is '\n' or ' ' ? end + 1 : end;
        }

        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsOdd(ReadOnlySpan<char> text) => text.Count(Fence) % 2 != 0;
}
