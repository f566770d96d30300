using System.Buffers;
using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Puts the Markdown that models write into the marks that WhatsApp shows: bold, struck out, headings, links, tables, fences.
/// What means the same there, or nothing, is left as it is, and so is all code.
/// </summary>
public static partial class WhatsAppText
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*_~#|[`-");
    private static readonly SearchValues<char> UnderTitles = SearchValues.Create(" |:-\t");

    /// <summary>The text with WhatsApp's marks.</summary>
    public static string Of(string markdown)
    {
        if (markdown.AsSpan().IndexOfAny(Marks) < 0)
        {
            return markdown;
        }

        var lines = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var shown = new List<string>(lines.Length + 2);
        for (var i = 0; i < lines.Length; i++)
        {
            if (FenceLine().Match(lines[i]) is { Success: true, Groups: var fence })
            {
                i = CopyCode(lines, i, fence["marks"].Value, shown);
            }
            else if (IsTable(lines, i))
            {
                i = CopyTable(lines, i, shown);
            }
            else
            {
                shown.Add(Line(lines[i]));
            }
        }

        return string.Join('\n', shown);
    }

    // The language behind the fence would be shown as its first line. A block that its author left open is closed.
    private static int CopyCode(string[] lines, int first, string marks, List<string> shown)
    {
        shown.Add(TextParts.Fence);
        var i = first + 1;
        while (i < lines.Length && !(lines[i].Trim() is var end && end.Length >= marks.Length && end.All(mark => mark == marks[0])))
        {
            shown.Add(lines[i++]);
        }

        shown.Add(TextParts.Fence);
        return i;
    }

    private static bool IsTable(string[] lines, int i) =>
        i + 1 < lines.Length && lines[i].Contains('|') && lines[i + 1].Contains('-') && lines[i + 1].Contains('|') && lines[i + 1].AsSpan().IndexOfAnyExcept(UnderTitles) < 0;

    // WhatsApp has no tables; in a block of code the columns stand at least in one kind of letter.
    private static int CopyTable(string[] lines, int first, List<string> shown)
    {
        shown.Add(TextParts.Fence);
        shown.Add(lines[first]);
        var i = first + 2;
        while (i < lines.Length && lines[i].Contains('|'))
        {
            shown.Add(lines[i++]);
        }

        shown.Add(TextParts.Fence);
        return i - 1;
    }

    private static string Line(string line)
    {
        if (Rule().IsMatch(line))
        {
            return "———";
        }

        return Heading().Match(line) is { Success: true, Groups: var heading }
            ? $"*{Inline(heading["text"].Value.TrimEnd().TrimEnd('#').TrimEnd()).Replace("*", "", StringComparison.Ordinal)}*"
            : Inline(line);
    }

    private static string Inline(string text) => Marked().Replace(text, found =>
    {
        var groups = found.Groups;
        return groups["both"] is { Success: true, Value: var both } ? $"*_{Inline(both)}_*"
            : groups["bold"] is { Success: true, Value: var bold } ? $"*{Inline(bold)}*"
            : groups["struck"] is { Success: true, Value: var struck } ? $"~{Inline(struck)}~"
            : groups["url"] is { Success: true, Value: var url } ? Link(groups["label"].Value, url)
            : found.Value;
    });

    private static string Link(string label, string url) => label.Length == 0 || label == url ? url : $"{Inline(label)} ({url})";

    [GeneratedRegex("^\\s*(?<marks>`{3,}|~{3,})[^`]*$", RegexOptions.ExplicitCapture)]
    private static partial Regex FenceLine();

    [GeneratedRegex(@"^ {0,3}#{1,6}[ \t]+(?<text>\S.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,3}(\*[ \t]*){3,}$|^ {0,3}(-[ \t]*){3,}$|^ {0,3}(_[ \t]*){3,}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Rule();

    // Marks count between words, not within them (2**3, __init__), and not within code, which is found first to be left alone.
    // What they enclose is bounded: a line of nothing but marks must not take for ever.
    [GeneratedRegex(
        """
        `[^`\n]+`
        | (?<![A-Za-z0-9*]) \*{3} (?=[^\s*]) (?<both> [^*\n]{1,300} ) (?<=\S) \*{3} (?![A-Za-z0-9*])
        | (?<![A-Za-z0-9*]) \*\* (?=[^\s*]) (?<bold> ( [^*\n] | \*(?!\*) ){1,300}? ) (?<=\S) \*\* (?![A-Za-z0-9*])
        | (?<![A-Za-z0-9_]) __ (?=[^\s_]) (?<bold> [^_\n]{1,150} [ ] [^_\n]{1,150} ) (?<=\S) __ (?![A-Za-z0-9_])
        | (?<!~) ~~ (?=[^\s~]) (?<struck> [^~\n]{1,300} ) (?<=\S) ~~ (?!~)
        | !?\[ (?<label> [^\[\]\n]{0,300} ) \] \( (?<url> [^()\s]{1,2000} (\([^()\s]{0,300}\)[^()\s]{0,300}){0,3} ) ([ ]"[^"\n]{0,300}")? \)
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Marked();
}
