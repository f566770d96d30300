namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>cron.list</c>.</summary>
public sealed record CronList(IReadOnlyList<CronJob> Jobs);

/// <summary>Something that happens on schedule: with us, an agent's heartbeat.</summary>
public sealed record CronJob(
    string Id, string AgentId, string Name, bool Enabled, CronSchedule Schedule, string SessionTarget, string WakeMode, CronPayload Payload, CronState State);

/// <param name="EveryMs">Between two times.</param>
public sealed record CronSchedule(long EveryMs)
{
    public string Kind { get; } = "every";
}

/// <param name="Kind">heartbeat.</param>
/// <param name="Checklist">What the agent looks after.</param>
public sealed record CronPayload(string Kind, IReadOnlyList<string> Checklist);

/// <summary>Milliseconds since 1970.</summary>
public sealed record CronState(long? NextRunAtMs, long? LastRunAtMs);

/// <summary>The answer to <c>cron.status</c>.</summary>
public sealed record CronStatus(bool Enabled, int Jobs, long? NextWakeAtMs);

/// <summary>The answer to <c>cron.run</c>.</summary>
public sealed record CronRun(bool Ok, bool Enqueued, string? RunId);

/// <summary>The answer to <c>set-heartbeats</c>.</summary>
public sealed record HeartbeatsSet(bool Ok, bool Enabled);
