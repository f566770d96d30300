using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Looks at one thing that the service depends on. What it throws counts as failed.</summary>
public interface IHealthProbe
{
    /// <summary>Stored and shown: never rename one.</summary>
    string Name { get; }

    /// <summary>What it sees is of this node alone, and others see their own.</summary>
    bool IsOfNode => false;

    Task<HealthFinding> LookAsync(CancellationToken cancellationToken);
}

/// <summary>What a probe saw.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Detail">For people: what was seen, and what to do if it is not well.</param>
/// <param name="Measured">The figure it was judged by; null where there is none.</param>
public sealed record HealthFinding(HealthStatus Status, string Detail, HealthMeasure? Measured = null)
{
    /// <summary>Compares a figure with its thresholds; less is worse where the second one is the lower.</summary>
    public static HealthFinding Of(double value, double degradedFrom, double failedFrom, string unit, string detail)
    {
        var worse = failedFrom >= degradedFrom ? 1 : -1;
        var status = worse * value >= worse * failedFrom ? HealthStatus.Failed
            : worse * value >= worse * degradedFrom ? HealthStatus.Degraded
            : HealthStatus.Ok;
        return new HealthFinding(status, detail, new HealthMeasure(Math.Round(value, 3), degradedFrom, failedFrom, unit));
    }
}

/// <summary>A figure with the thresholds that it is judged by.</summary>
public sealed record HealthMeasure(double Value, double DegradedFrom, double FailedFrom, string Unit);
