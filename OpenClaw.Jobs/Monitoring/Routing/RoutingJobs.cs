using Hangfire;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>What Hangfire's recurring job calls. Stored: never rename one.</summary>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class RoutingJobs(WorkflowClient workflows, CheckedRuntimes runtimes, RoutingSettings settings)
{
    /// <summary>Starts the check, unless no runtime that could be asked is configured.</summary>
    [JobDisplayName("monitoring · ask every runtime")]
    public Task CheckAsync(CancellationToken cancellationToken) => runtimes.All.Count > 0
        ? workflows.StartAsync(new WorkflowStart(RoutingWorkflow.Name, settings.Owner, new { }), cancellationToken)
        : Task.CompletedTask;
}
