using System.Text.RegularExpressions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Reads what an agent answered to a heartbeat, whatever that is.</summary>
public static partial class HeartbeatReply
{
    /// <summary>OpenClaw's acknowledgement that nothing needs attention.</summary>
    public const string AllWell = "HEARTBEAT_OK";

    /// <summary>OpenClaw's word for having nothing to say.</summary>
    public const string NoReply = "NO_REPLY";

    /// <summary>Beside an acknowledgement so many characters are a note (OpenClaw drops as many); longer than that, it is no acknowledgement.</summary>
    public const int MaxNote = 300;

    // What is kept of a reply; an agent may answer anything, of any length.
    private const int MaxKept = 4_000;

    /// <summary>
    /// An acknowledgement means that all is well, in whatever clothes; what the agent says beside it is a note, kept on the
    /// beat and told. Lines about the items of the checklist are read item by item. Anything else is for the owner to read.
    /// </summary>
    public static HeartbeatResult Read(string reply, IReadOnlyList<string> checklist)
    {
        var text = ForeignText.Clean(reply).Trim([' ', '\t', '\r', '\n', '\uFFFD']);
        if (text.Length == 0)
        {
            return new HeartbeatResult(HeartbeatStatus.Failed, All(checklist, ChecklistResult.Unknown), "The agent answered with nothing.");
        }

        var kept = ForeignText.Clean(text, MaxKept);
        var items = HeartbeatItems.Read(kept, checklist);
        return items.Results.Any(item => item is not null) ? OfItems(items, kept, checklist) : OfWhole(kept, checklist);
    }

    /// <summary>Whether the agent had nothing to say.</summary>
    public static bool IsAcknowledgement(string text) => text.Length <= MaxKept && HeartbeatWords.Read(text).SaysNothing;

    private static HeartbeatResult OfWhole(string text, IReadOnlyList<string> checklist)
    {
        var said = HeartbeatWords.Read(text);
        var note = said.HasNews ? WithoutToken(text) : null;
        return said.SaysNothing || (said is { Acknowledges: true, Warns: false } && note is { Length: <= MaxNote })
            ? new HeartbeatResult(HeartbeatStatus.Ok, All(checklist, ChecklistResult.Ok), note)
            : new HeartbeatResult(HeartbeatStatus.Alert, All(checklist, ChecklistResult.Unknown), text);
    }

    private static HeartbeatResult OfItems(HeartbeatItems found, string text, IReadOnlyList<string> checklist)
    {
        var said = HeartbeatWords.Read(found.Rest);
        var note = said.HasNews ? WithoutToken(found.Rest) : null;

        // An acknowledgement beside some lines is one of the others.
        var unsaid = said is { Acknowledges: true, Warns: false } ? ChecklistResult.Ok : ChecklistResult.Unknown;
        List<ChecklistResult> items = [.. found.Results.Select((item, index) => item ?? new ChecklistResult(checklist[index], unsaid, null))];
        if (items.TrueForAll(item => item.Status == ChecklistResult.Ok) && !said.Warns && note is null or { Length: <= MaxNote })
        {
            return new HeartbeatResult(HeartbeatStatus.Ok, items, note);
        }

        var attention = items.Where(item => item.Status == ChecklistResult.Attention).Select(item => $"{item.Item}: {item.Note ?? "needs attention"}").ToList();
        var reason = attention.Count == 0 ? text : string.Join("; ", note is null ? attention : [.. attention, note]);
        return new HeartbeatResult(HeartbeatStatus.Alert, items, ForeignText.Clean(reason, MaxKept));
    }

    private static List<ChecklistResult> All(IReadOnlyList<string> checklist, string status) => [.. checklist.Select(item => new ChecklistResult(item, status, null))];

    private static string WithoutToken(string text) => Token().Replace(text, " ").Trim() is { Length: > 0 } rest ? rest : text;

    [GeneratedRegex(@"[ \t*_`""~>#]*(?<![A-Za-z0-9])(?:HEARTBEAT_OK|NO_REPLY)(?![A-Za-z0-9])[ \t*_`""~.!,;:–—-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
