using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Looks at one thing that the service depends on. What it throws counts as failed.</summary>
public interface IHealthProbe
{
    /// <summary>Stored and shown: never rename one.</summary>
    string Name { get; }

    Task<HealthFinding> LookAsync(CancellationToken cancellationToken);
}

/// <summary>What a probe saw.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Detail">For people: what was seen, and what to do if it is not well.</param>
public sealed record HealthFinding(HealthStatus Status, string Detail)
{
    /// <summary>Compares a figure with its thresholds.</summary>
    public static HealthFinding Of(double value, double degradedFrom, double failedFrom, string detail) =>
        new(value >= failedFrom ? HealthStatus.Failed : value >= degradedFrom ? HealthStatus.Degraded : HealthStatus.Ok, detail);
}
