using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Reads what an agent answered to a heartbeat, whatever that is.</summary>
public static partial class HeartbeatReply
{
    /// <summary>OpenClaw's acknowledgement that nothing needs attention.</summary>
    public const string AllWell = "HEARTBEAT_OK";

    /// <summary>OpenClaw's word for having nothing to say.</summary>
    public const string NoReply = "NO_REPLY";

    // Beside an acknowledgement so much small talk is dropped (OpenClaw's rule); longer than that, somebody should read it.
    private const int MaxSmallTalk = 300;

    // What is kept of a reply; an agent may answer anything, of any length.
    private const int MaxNoteLength = 4_000;

    private static readonly char[] Markup = [' ', '\t', '\r', '\n', '*', '_', '`', '"', '.', '!', '>', '#'];

    /// <summary>
    /// An acknowledgement means that all is well. Numbered lines are read item by item. Anything else is for the owner to read.
    /// </summary>
    public static HeartbeatResult Read(string reply, IReadOnlyList<string> checklist)
    {
        var text = reply.Replace('\0', ' ').Trim();
        if (text.Length == 0)
        {
            return new HeartbeatResult(HeartbeatStatus.Failed, [.. checklist.Select(item => new ChecklistResult(item, ChecklistResult.Unknown, null))], "The agent answered with nothing.");
        }

        if (IsAcknowledgement(text))
        {
            return new HeartbeatResult(HeartbeatStatus.Ok, [.. checklist.Select(item => new ChecklistResult(item, ChecklistResult.Ok, null))], null);
        }

        var kept = Shorten(text, MaxNoteLength);
        var items = ReadItems(kept, checklist);
        return items.TrueForAll(item => item.Status == ChecklistResult.Ok) && items.Count > 0
            ? new HeartbeatResult(HeartbeatStatus.Ok, items, null)
            : new HeartbeatResult(HeartbeatStatus.Alert, items, Reason(items, kept));
    }

    /// <summary>Whether the agent had nothing to say.</summary>
    public static bool IsAcknowledgement(string text)
    {
        var core = text.Trim(Markup);
        foreach (var token in (string[])[AllWell, NoReply])
        {
            if (core.StartsWith(token, StringComparison.Ordinal) || core.EndsWith(token, StringComparison.Ordinal))
            {
                return core.Length - token.Length <= MaxSmallTalk;
            }
        }

        return false;
    }

    private static List<ChecklistResult> ReadItems(string text, IReadOnlyList<string> checklist)
    {
        var lines = new Dictionary<int, Match>();
        foreach (Match line in ItemLine().Matches(text))
        {
            if (int.TryParse(line.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
            {
                lines.TryAdd(number, line);
            }
        }

        return [.. checklist.Select((item, index) => lines.TryGetValue(index + 1, out var line) ? Read(item, line) : new ChecklistResult(item, ChecklistResult.Unknown, null))];
    }

    private static ChecklistResult Read(string item, Match line)
    {
        var note = line.Groups["note"].Value.Trim();
        var status = line.Groups["status"].Value.Equals("ok", StringComparison.OrdinalIgnoreCase) ? ChecklistResult.Ok : ChecklistResult.Attention;
        return new ChecklistResult(item, status, note.Length == 0 ? null : note);
    }

    private static string Reason(List<ChecklistResult> items, string text)
    {
        var attention = items.Where(item => item.Status == ChecklistResult.Attention).Select(item => $"{item.Item}: {item.Note ?? "needs attention"}").ToList();
        return attention.Count == 0 ? text : Shorten(string.Join("; ", attention), MaxNoteLength);
    }

    private static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Not between the halves of a character.
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }

    [GeneratedRegex(@"^[ \t]*(?<number>\d{1,3})[.)][ \t]*(?<status>ok|attention)\b[ \t:,–-]*(?<note>.*)$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ItemLine();
}

/// <summary>What came of one beat.</summary>
public sealed record HeartbeatResult(HeartbeatStatus Status, IReadOnlyList<ChecklistResult> Checklist, string? Reason)
{
    /// <summary>What the turn took; null where the runtime does not know.</summary>
    public TurnUsage? Usage { get; init; }
}

/// <summary>What came of one item of the checklist.</summary>
/// <param name="Item">The item, as it stood.</param>
/// <param name="Status"><c>ok</c>, <c>attention</c>, or <c>unknown</c> when the agent did not say.</param>
/// <param name="Note">What it said.</param>
public sealed record ChecklistResult(string Item, string Status, string? Note)
{
    public const string Ok = "ok";
    public const string Attention = "attention";
    public const string Unknown = "unknown";
}
