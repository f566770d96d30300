namespace OpenClaw.Data.Monitoring;

/// <summary>How one thing that the service depends on is now.</summary>
public sealed class HealthCheck
{
    public required string Name { get; init; }

    public required HealthStatus Status { get; init; }

    /// <summary>For people: what was seen, and what to do if it is not well.</summary>
    public required string Detail { get; init; }

    /// <summary>When it got this status.</summary>
    public DateTimeOffset Since { get; init; }

    public DateTimeOffset CheckedAt { get; init; }
}
