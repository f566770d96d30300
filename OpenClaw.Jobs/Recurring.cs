using Hangfire;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;

namespace OpenClaw.Jobs;

/// <summary>
/// Puts our recurring jobs on Hangfire's Recurring page, where people see and trigger them. Each needs a lock of Hangfire's,
/// which a killed process may have left behind: so it happens beside the start, as often as it takes.
/// </summary>
public sealed class Recurring(IRecurringJobManager jobs, JobStorage storage, TimeProvider time, ILogger<Recurring> logger) : PeriodicService(TimeSpan.FromSeconds(2), time, logger)
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

    // Without them hearts stand still and nothing old is removed: who does not want one pauses its agents.
    private const int CyclesBetweenLooks = 15;

    private readonly HashSet<string> _registered = [];
    private readonly RecurringJobOptions _options = new() { MisfireHandling = MisfireHandlingMode.Ignorable };
    private int _cycles;

    protected override Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_registered.Count == All.Count && ++_cycles % CyclesBetweenLooks != 0)
        {
            return Task.CompletedTask;
        }

        // At the start each is written, because a build may have changed it; later what somebody has removed comes back.
        var present = _cycles == 0 ? _registered : Present();
        foreach (var (name, register) in All.Where(job => !present.Contains(job.Name)))
        {
            register();
            _registered.Add(name);
        }

        return Task.CompletedTask;
    }

    private List<(string Name, Action Register)> All =>
    [
        (HeartbeatSweep, () => jobs.AddOrUpdate<HeartbeatJobs>(HeartbeatSweep, job => job.SweepAsync(CancellationToken.None), EveryTwoSeconds, _options)),
        (WorkflowMetrics, () => jobs.AddOrUpdate<MonitoringJobs>(WorkflowMetrics, job => job.CountWorkflowsAsync(CancellationToken.None), EveryMinute, _options)),
        (MessageExpiry, () => jobs.AddOrUpdate<MessageExpiry>(MessageExpiry, job => job.RunAsync(CancellationToken.None), EveryMinute, _options)),
        (RoutingCheck, () => jobs.AddOrUpdate<RoutingJobs>(RoutingCheck, job => job.CheckAsync(CancellationToken.None), EveryFiveMinutes, _options)),
        (Retention, () => jobs.AddOrUpdate<MonitoringJobs>(Retention, job => job.RemoveOldAsync(CancellationToken.None), Cron.Hourly(17), _options)),
    ];

    private HashSet<string> Present()
    {
        using var connection = storage.GetConnection();
        return connection.GetAllItemsFromSet("recurring-jobs");
    }
}
