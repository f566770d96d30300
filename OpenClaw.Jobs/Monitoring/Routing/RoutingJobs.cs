using Hangfire;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Workflows;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>What Hangfire's recurring job calls. Stored: never rename one.</summary>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class RoutingJobs(WorkflowClient workflows, IEnumerable<IAgentRuntime> runtimes, RoutingSettings settings)
{
    /// <summary>Starts the check, unless no runtime that could be asked is configured.</summary>
    [JobDisplayName("monitoring · ask every runtime")]
    public Task CheckAsync(CancellationToken cancellationToken) => runtimes.OfType<ICheckedRuntime>().Any(IsAsked)
        ? workflows.StartAsync(new WorkflowStart(RoutingWorkflow.Name, settings.Owner, new { }), cancellationToken)
        : Task.CompletedTask;

    private bool IsAsked(ICheckedRuntime runtime) => (settings.AsksPaid || !runtime.IsPaid) && runtime.WhyUnavailable($"{runtime.Provider}/any") is null;
}
