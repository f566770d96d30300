using Hangfire;
using Hangfire.Server;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Engine.Runners;

/// <summary>What Hangfire calls to have inline runs worked through. Stored: never rename one.</summary>
[Queue(Queues.Runners)]
public sealed class RunnerJobs(InlineRunners runners)
{
    /// <summary>Works through the due runs of a queue until there are none for a while. Returns what it did, for the job's page.</summary>
    [JobDisplayName("runner · {0}")]
    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [1, 2, 5], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task<string> RunAsync(string queue, PerformContext context, CancellationToken cancellationToken) =>
        runners.RunAsync(queue, context.BackgroundJob.Id, cancellationToken);
}
