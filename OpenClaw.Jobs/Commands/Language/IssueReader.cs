using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>Reads <c>issue #12 in owner/repo</c>, <c>owner/repo#12</c> and the address of an issue.</summary>
internal static partial class IssueReader
{
    /// <summary>Null when the words do not begin with an issue.</summary>
    public static Issue? Read(Words words, out Words after)
    {
        after = words;
        var at = 0;
        while (at < words.Count && (words[at] is "the" or "issues" or "ticket" or "bug" or "number" or "no" or "nr" or "#" or "github" || Slips.MayMean(words[at], "issue")))
        {
            at++;
        }

        if (at == words.Count || Number().Match(words[at]) is not { Success: true } match
            || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        var repository = match.Groups["repository"] is { Success: true, Value: var named } ? named : null;
        after = words.From(at + 1);
        if (repository is null && after.Count > 1 && after[0] is "in" or "of" or "at" or "on" or "from")
        {
            var place = after[1] is "repo" or "repository" or "the" ? 2 : 1;
            if (place < after.Count && Repository().IsMatch(after[place]))
            {
                repository = after[place];
                after = after.From(place + 1);
            }
        }

        return new Issue(number, repository);
    }

    [GeneratedRegex(@"^(?:(?:https?://)?(?:www\.)?github\.com/(?<repository>[\w.-]+/[\w.-]+)/issues/|(?<repository>[\w.-]+/[\w.-]+)#|issue#?|#)?(?<number>[0-9]{1,9})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[\w.-]{1,100}/[\w.-]{1,100}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repository();
}
