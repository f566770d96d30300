using OpenClaw.Data.Heartbeats;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Reads what an agent answered to a heartbeat.</summary>
public static class HeartbeatReply
{
    /// <summary>OpenClaw's acknowledgement that nothing needs attention.</summary>
    public const string AllWell = "HEARTBEAT_OK";

    /// <summary>OpenClaw's word for having nothing to say.</summary>
    public const string NoReply = "NO_REPLY";

    // What is kept of a reply; an agent may answer anything, of any length.
    private const int MaxNoteLength = 4_000;

    /// <summary>An acknowledgement means that every item is well; anything else is for the owner to read.</summary>
    public static HeartbeatResult Read(string reply, IReadOnlyList<string> checklist)
    {
        var text = reply.Trim();
        if (text.Length == 0)
        {
            return new HeartbeatResult(HeartbeatStatus.Failed, Results(checklist, "unknown", null), "The agent answered with nothing.");
        }

        var note = text.Length > MaxNoteLength ? text[..MaxNoteLength] + "…" : text;
        return text is AllWell or NoReply
            ? new HeartbeatResult(HeartbeatStatus.Ok, Results(checklist, "ok", null), null)
            : new HeartbeatResult(HeartbeatStatus.Alert, Results(checklist, "unknown", note), note);
    }

    private static List<ChecklistResult> Results(IEnumerable<string> checklist, string status, string? note) =>
        [.. checklist.Select(item => new ChecklistResult(item, status, note))];
}

/// <summary>What came of one beat.</summary>
public sealed record HeartbeatResult(HeartbeatStatus Status, IReadOnlyList<ChecklistResult> Checklist, string? Reason);

/// <summary>What came of one item of the checklist.</summary>
public sealed record ChecklistResult(string Item, string Status, string? Note);
