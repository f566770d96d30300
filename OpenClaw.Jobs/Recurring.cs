using Hangfire;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Workflows.Recovery;

namespace OpenClaw.Jobs;

/// <summary>
/// Puts our recurring jobs on Hangfire's Recurring page, where people see and trigger them. Each needs a lock of Hangfire's,
/// which a killed process may have left behind: so it happens beside the start, as often as it takes.
/// </summary>
public sealed class Recurring(IRecurringJobManager jobs, TimeProvider time, ILogger<Recurring> logger) : PeriodicService(TimeSpan.FromSeconds(2), time, logger)
{
    public const string HeartbeatSweep = "heartbeat-sweep";

    public const string WorkflowMetrics = "workflow-metrics";
    public const string Retention = "retention";
    public const string MessageExpiry = "message-expiry";

    public const string RoutingCheck = "routing-check";

    private const string EveryMinute = "* * * * *";
    private const string EveryFiveMinutes = "*/5 * * * *";

    // Two seconds: a beat is due to the second, and finding that none is costs a millisecond.
    private const string EveryTwoSeconds = "*/2 * * * * *";

    private readonly RecurringJobOptions _options = new() { MisfireHandling = MisfireHandlingMode.Ignorable };
    private Queue<Action>? _missing;

    protected override Task RunOnceAsync(CancellationToken cancellationToken)
    {
        _missing ??= new Queue<Action>(
        [
            () => jobs.AddOrUpdate<HeartbeatJobs>(HeartbeatSweep, job => job.SweepAsync(CancellationToken.None), EveryTwoSeconds, _options),
            () => jobs.AddOrUpdate<MonitoringJobs>(WorkflowMetrics, job => job.CountWorkflowsAsync(CancellationToken.None), EveryMinute, _options),
            () => jobs.AddOrUpdate<MessageExpiry>(MessageExpiry, job => job.RunAsync(CancellationToken.None), EveryMinute, _options),
            () => jobs.AddOrUpdate<RoutingJobs>(RoutingCheck, job => job.CheckAsync(CancellationToken.None), EveryFiveMinutes, _options),
            () => jobs.AddOrUpdate<MonitoringJobs>(Retention, job => job.RemoveOldAsync(CancellationToken.None), Cron.Hourly(17), _options),
        ]);
        while (_missing.TryPeek(out var register))
        {
            register();
            _missing.Dequeue();
        }

        return Task.CompletedTask;
    }
}
