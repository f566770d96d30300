using Hangfire;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Monitoring.Auditing;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>What Hangfire's recurring jobs call. Stored: never rename one.</summary>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class MonitoringJobs(WorkflowMetrics metrics, AuditSeals seals, Retention retention)
{
    [JobDisplayName("monitoring · count ended workflows")]
    public Task CountWorkflowsAsync(CancellationToken cancellationToken) => metrics.CountAsync(cancellationToken);

    [JobDisplayName("monitoring · remove what was kept long enough")]
    public async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        await metrics.CompactAsync(cancellationToken);
        await seals.SealAllAsync(cancellationToken);
        await retention.RunAsync(cancellationToken);
    }

    /// <summary>Does nothing; how long it waits for a worker is what the health check looks at.</summary>
    [JobDisplayName("monitoring · canary")]
#pragma warning disable CA1822 // Hangfire calls it on an instance, as all our jobs.
    public void Canary()
    {
    }
#pragma warning restore CA1822
}
