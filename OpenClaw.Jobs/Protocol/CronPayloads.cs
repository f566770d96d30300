using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>cron.list</c>: a page, from which the official client turns to the next one.</summary>
/// <param name="Jobs">Those of the page.</param>
/// <param name="SnapshotRevision">Another one when the jobs are others than before.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Offset">Of the first one.</param>
/// <param name="Limit">So many at most.</param>
/// <param name="HasMore">There is a next page.</param>
/// <param name="NextOffset">Of the next page; <c>null</c>, and not absent, on the last one: the official client insists.</param>
public sealed record CronList(
    IReadOnlyList<CronJob> Jobs, string SnapshotRevision, int Total, int Offset, int Limit, bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? NextOffset);

/// <summary>Something that happens on schedule: an agent's heartbeat, or a prompt.</summary>
public sealed record CronJob(
    string Id, string AgentId, string Name, bool Enabled, CronSchedule Schedule, string SessionTarget, string WakeMode, CronPayload Payload, CronState State)
{
    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public CronDelivery? Delivery { get; init; }

    public string? SessionKey { get; init; }

    public bool? DeleteAfterRun { get; init; }

    public long? CreatedAtMs { get; init; }

    public long? UpdatedAtMs { get; init; }
}

/// <param name="Kind">every, cron or at.</param>
/// <param name="EveryMs">Between two times.</param>
/// <param name="Expr">A cron expression.</param>
/// <param name="Tz">Its time zone; absent for UTC.</param>
/// <param name="At">Once, in ISO 8601.</param>
public sealed record CronSchedule(string Kind, long? EveryMs = null, string? Expr = null, string? Tz = null, string? At = null);

/// <param name="Kind">heartbeat or agentTurn.</param>
/// <param name="Checklist">What the agent looks after.</param>
/// <param name="Message">What the agent is sent.</param>
/// <param name="Thinking">As its owner wrote it.</param>
public sealed record CronPayload(string Kind, IReadOnlyList<string>? Checklist = null, string? Message = null, string? Thinking = null);

/// <param name="Mode">none, or announce when replies go to a channel.</param>
/// <param name="Channel">Which one.</param>
/// <param name="To">To whom.</param>
public sealed record CronDelivery(string Mode, string? Channel = null, string? To = null);

/// <summary>Milliseconds since 1970.</summary>
public sealed record CronState(long? NextRunAtMs, long? LastRunAtMs);

/// <summary>The answer to <c>cron.status</c>.</summary>
public sealed record CronStatus(bool Enabled, int Jobs, long? NextWakeAtMs);

/// <summary>The answer to <c>cron.run</c>.</summary>
public sealed record CronRun(bool Ok, bool Enqueued, string? RunId);

/// <summary>The answer to <c>cron.remove</c>.</summary>
public sealed record CronRemoved(bool Ok, bool Removed);

/// <summary>The answer to <c>cron.runs</c>: the newest first.</summary>
public sealed record CronRuns(IReadOnlyList<CronRunEntry> Entries, int Total, int Offset, int Limit, bool HasMore);

/// <param name="Ts">When it ended; while it has not, when it began.</param>
/// <param name="JobId">The scheduled job.</param>
/// <param name="Action">finished; started while it is under way or waits.</param>
/// <param name="Status">ok, error or skipped; absent while it is under way.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Summary">What the agent said, or why there is nothing.</param>
/// <param name="RunId">As events name it.</param>
/// <param name="RunAtMs">When it began.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="SessionKey">The conversation.</param>
public sealed record CronRunEntry(
    long Ts, string JobId, string Action, string? Status, string? Error, string? Summary, string RunId, long RunAtMs, long? DurationMs, string? SessionKey)
{
    /// <summary>succeeded, failed, or unknown while a reply is on its way to a channel; absent while the run is under way.</summary>
    public string? CompletionStatus { get; init; }

    /// <summary>delivered, not-delivered, unknown while it is on its way, or not-requested; absent while the run is under way.</summary>
    public string? DeliveryStatus { get; init; }

    public string? DeliveryError { get; init; }
}

/// <summary>The event <c>cron</c>: a job has changed, or runs.</summary>
/// <param name="JobId">The scheduled job.</param>
/// <param name="Action">added, updated, removed, started or finished.</param>
public sealed record CronEvent(string JobId, string Action)
{
    public string? Status { get; init; }

    public string? Error { get; init; }

    public string? Summary { get; init; }

    public string? RunId { get; init; }

    public string? SessionKey { get; init; }

    public long? RunAtMs { get; init; }

    public long? DurationMs { get; init; }

    public CronJob? Job { get; init; }
}

/// <summary>The answer to <c>set-heartbeats</c>.</summary>
public sealed record HeartbeatsSet(bool Ok, bool Enabled);

/// <summary>The answer to <c>cron.scratch.get</c>: what is kept beside a job.</summary>
/// <param name="Scratch">Null, and not absent, for nothing.</param>
/// <param name="CurrentRevision">0 before the first change.</param>
/// <param name="MaxBytes">Of UTF-8.</param>
public sealed record CronScratch([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] CronNotes? Scratch, int CurrentRevision, int MaxBytes)
{
    /// <summary>Of <c>cron.scratch.set</c>: whether it was done.</summary>
    public bool? Ok { get; init; }

    /// <summary><c>revision-conflict</c> when it was not.</summary>
    public string? Reason { get; init; }
}

public sealed record CronNotes(string Content, int Revision, long UpdatedAtMs);
