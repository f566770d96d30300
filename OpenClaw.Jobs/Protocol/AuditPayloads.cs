namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>audit.list</c> and <c>audit.activity.list</c>: the newest first.</summary>
public sealed record AuditPage(IReadOnlyList<AuditRun> Events, string? NextCursor);

/// <summary>The last that is known of a run; what was said in it is not told.</summary>
public sealed record AuditRun(
    string EventId, long Sequence, long SourceSequence, long OccurredAt, string Kind, string Action, string Status, string? ErrorCode, AuditActor Actor, string AgentId, string? SessionKey, string RunId)
{
    public string Redaction { get; } = "metadata_only";

    /// <summary>Of <c>audit.activity.list</c>.</summary>
    public string? EventType { get; init; }

    /// <summary>Of <c>audit.activity.list</c>.</summary>
    public int? SchemaVersion { get; init; }
}

/// <param name="Type">agent.</param>
/// <param name="Id">Which one.</param>
public sealed record AuditActor(string Type, string Id);
