using Hangfire;
using Microsoft.Extensions.Hosting;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;

namespace OpenClaw.Jobs;

/// <summary>Puts our recurring jobs on Hangfire's Recurring page at start, where people see and trigger them.</summary>
public sealed class Recurring(IRecurringJobManager jobs) : IHostedService
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

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new RecurringJobOptions { MisfireHandling = MisfireHandlingMode.Ignorable };
        jobs.AddOrUpdate<HeartbeatJobs>(HeartbeatSweep, job => job.SweepAsync(CancellationToken.None), EveryTwoSeconds, options);
        jobs.AddOrUpdate<MonitoringJobs>(WorkflowMetrics, job => job.CountWorkflowsAsync(CancellationToken.None), EveryMinute, options);
        jobs.AddOrUpdate<MessageExpiry>(MessageExpiry, job => job.RunAsync(CancellationToken.None), EveryMinute, options);
        jobs.AddOrUpdate<RoutingJobs>(RoutingCheck, job => job.CheckAsync(CancellationToken.None), EveryFiveMinutes, options);
        jobs.AddOrUpdate<MonitoringJobs>(Retention, job => job.RemoveOldAsync(CancellationToken.None), Cron.Hourly(17), options);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
