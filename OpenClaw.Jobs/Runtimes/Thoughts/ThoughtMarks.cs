using System.Buffers;
using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Runtimes.Thoughts;

/// <summary>What a mark in a reply does.</summary>
internal enum MarkKind
{
    /// <summary>It is text.</summary>
    None,

    /// <summary>Thoughts begin.</summary>
    Open,

    /// <summary>Thoughts end.</summary>
    Close,

    /// <summary>It says nothing.</summary>
    Noise,

    /// <summary>The name of a part of the reply begins; behind <see cref="Message"/> comes the part.</summary>
    Header,

    /// <summary>Ends a <see cref="Header"/>.</summary>
    Message,

    /// <summary>Ends a part that had a <see cref="Header"/>.</summary>
    EndOfPart,
}

/// <summary>
/// The marks with which models set their thoughts apart within the text, where their server leaves that to the reader. From
/// the models' chat templates: DeepSeek R1, Qwen3, QwQ, GLM, MiniMax M2 <c>&lt;think&gt;</c> (some write the end only, because
/// the beginning stands in the prompt); Seed-OSS <c>&lt;seed:think&gt;</c>; Magistral <c>[THINK]</c>; Kimi-VL
/// <c>◁think▷</c>; Cohere <c>&lt;|START_THINKING|&gt;</c>; Apertus <c>&lt;|inner_prefix|&gt;</c>; OpenThinker
/// <c>&lt;|begin_of_thought|&gt;</c>; Reflection <c>&lt;reflection&gt;</c>; Gemma <c>&lt;|channel&gt;</c>; gpt-oss <c>&lt;|channel|&gt;analysis&lt;|message|&gt;</c>.
/// </summary>
internal static partial class ThoughtMarks
{
    /// <summary>Families with this number may be part of an ordinary text too, so there is more to look at than the mark.</summary>
    public const int Tags = 0;

    /// <summary>Longer than any mark.</summary>
    public const int MaxLength = 80;

    /// <summary>Parts with names, as gpt-oss writes them.</summary>
    public const int Parts = -1;

    private static readonly (string Open, string Close)[] Pairs =
    [
        ("[THINK]", "[/THINK]"),
        ("◁think▷", "◁/think▷"),
        ("<|START_THINKING|>", "<|END_THINKING|>"),
        ("<|inner_prefix|>", "<|inner_suffix|>"),
        ("<|begin_of_thought|>", "<|end_of_thought|>"),
        ("<|channel>", "<channel|>"),
        ("<|think|>", "<|/think|>"),
    ];

    private static readonly HashSet<string> Noises =
    [
        "<|constrain|>", "<|START_RESPONSE|>", "<|END_RESPONSE|>", "<|begin_of_solution|>", "<|end_of_solution|>",
    ];

    /// <summary>With one of these a mark begins.</summary>
    public static readonly SearchValues<char> Starts = SearchValues.Create("<[◁");

    /// <summary>How long what may be a mark is; 0 when more of the text must be seen, -1 when it is none.</summary>
    public static int LengthAt(string text, int start, bool ended)
    {
        var end = text[start] switch { '<' => '>', '[' => ']', _ => '▷' };
        for (var i = start + 1; i < text.Length && i - start < MaxLength; i++)
        {
            if (text[i] == end)
            {
                return i - start + 1;
            }

            if (!IsInside(text[i], end))
            {
                return -1;
            }
        }

        return ended || text.Length - start >= MaxLength ? -1 : 0;
    }

    /// <summary>What it is.</summary>
    /// <param name="mark">From its first character to its last.</param>
    /// <param name="family">A beginning is ended by the end of the same family.</param>
    public static MarkKind KindOf(string mark, out int family)
    {
        family = Parts;
        switch (mark)
        {
            case "<|channel|>" or "<|start|>":
                return MarkKind.Header;
            case "<|message|>":
                return MarkKind.Message;
            case "<|end|>" or "<|return|>" or "<|call|>":
                return MarkKind.EndOfPart;
        }

        for (var i = 0; i < Pairs.Length; i++)
        {
            family = i + 1;
            if (mark == Pairs[i].Open)
            {
                return MarkKind.Open;
            }

            if (mark == Pairs[i].Close)
            {
                return MarkKind.Close;
            }
        }

        family = Tags;
        return Tag().Match(mark) is not { Success: true } tag ? Noises.Contains(mark) ? MarkKind.Noise : MarkKind.None
            : tag.Groups["end"].Length > 0 ? MarkKind.Close
            : mark[^2] == '/' ? MarkKind.Noise
            : MarkKind.Open;
    }

    /// <summary>What a tag is called.</summary>
    public static string NameOf(string mark) => mark.Trim('<', '>', '/', ' ').Split(' ')[0].ToLowerInvariant();

    private static bool IsInside(char unit, char end) => end switch
    {
        '>' => char.IsAsciiLetterOrDigit(unit) || unit is '_' or ':' or '|' or '/' or ' ' or '=' or '"' or '\'' or '-' or '.',
        ']' => unit is '/' || char.IsAsciiLetterUpper(unit),
        _ => unit is '/' || char.IsAsciiLetterLower(unit),
    };

    [GeneratedRegex(@"^< ?(?<end>/?) ?(?:[a-z]{1,10}:)?(?:ant)?(?:think(?:ing)?|thoughts?|reasoning|scratchpad|reflection|inner_?monologue)(?: [^<>]*)?/?>$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
