using Hangfire;
using Hangfire.Server;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Schedules;

/// <summary>What Hangfire calls when a prompt is due. Stored: never rename one.</summary>
[Queue(Queues.Messages)]
public sealed class ScheduleJobs(ScheduleService prompts)
{
    [JobDisplayName("prompt · {0}")]
    [AutomaticRetry(Attempts = 20, DelaysInSeconds = [1, 2, 5, 5, 10])]
    public Task FireAsync(Guid promptId, PerformContext context, CancellationToken cancellationToken) =>
        prompts.FireAsync(promptId, context.BackgroundJob.Id, cancellationToken);
}
