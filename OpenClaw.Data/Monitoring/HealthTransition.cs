namespace OpenClaw.Data.Monitoring;

/// <summary>A check's change from one status to another.</summary>
public sealed class HealthTransition
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty for what all nodes see alike.</summary>
    public required string Node { get; init; }

    /// <summary>Null: it was looked at for the first time.</summary>
    public HealthStatus? FromStatus { get; init; }

    public required HealthStatus ToStatus { get; init; }

    public required string Detail { get; init; }

    public DateTimeOffset At { get; init; }
}
