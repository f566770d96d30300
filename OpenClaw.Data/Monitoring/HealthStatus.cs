namespace OpenClaw.Data.Monitoring;

public enum HealthStatus
{
    Ok,

    /// <summary>It works, and somebody should look.</summary>
    Degraded,

    Failed,
}
