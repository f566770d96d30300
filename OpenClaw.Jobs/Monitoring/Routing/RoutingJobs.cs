using Hangfire;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>What Hangfire's recurring job calls. Stored: never rename one.</summary>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class RoutingJobs(WorkflowClient workflows, RoutingSettings settings)
{
    [JobDisplayName("monitoring · ask every runtime")]
    public Task CheckAsync(CancellationToken cancellationToken) =>
        workflows.StartAsync(new WorkflowStart(RoutingWorkflow.Name, settings.Owner, new { }), cancellationToken);
}
