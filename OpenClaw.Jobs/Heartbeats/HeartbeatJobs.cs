using Hangfire;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What Hangfire's recurring jobs call. Stored: never rename one.</summary>
[Queue(Queues.Default)]
public sealed class HeartbeatJobs(HeartbeatSweep sweep)
{
    [JobDisplayName("heartbeats · sweep")]
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task SweepAsync(CancellationToken cancellationToken) => sweep.RunAsync(cancellationToken);
}
