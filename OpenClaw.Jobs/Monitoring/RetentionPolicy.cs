namespace OpenClaw.Jobs.Monitoring;

/// <summary>How long what has ended is kept.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Heartbeats that succeeded: at one a minute, ten thousand agents leave fourteen million a day.</summary>
    public TimeSpan Heartbeats { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Other workflows that succeeded or were cancelled, and delivered messages.</summary>
    public TimeSpan Ended { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Workflows that failed, and what the monitor counted.</summary>
    public TimeSpan Failed { get; init; } = TimeSpan.FromDays(90);

    /// <summary>What agents said while they were at their turns, part by part.</summary>
    public TimeSpan RunLog { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The audit log.</summary>
    public TimeSpan Audit { get; init; } = TimeSpan.FromDays(365);
}
