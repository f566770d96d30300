using Hangfire;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>What Hangfire's recurring job calls. Stored: never rename one.</summary>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class RoutingJobs(WorkflowClient workflows, CheckedRuntimes runtimes, RoutingSettings settings)
{
    /// <summary>Starts the check, unless there is nothing to ask.</summary>
    [JobDisplayName("monitoring · ask every runtime")]
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await runtimes.AskableSinceAsync(cancellationToken) is not null)
        {
            await workflows.StartAsync(new WorkflowStart(RoutingWorkflow.Name, settings.Owner, new { }), cancellationToken);
        }
    }
}
