using System.Globalization;
using Hangfire;
using Hangfire.States;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Sends a canary through the real queue with each look, and tells how the one before fared.</summary>
public sealed class QueueProbe(IBackgroundJobClient jobs, JobStorage storage, TimeProvider time) : IHealthProbe
{
    private const double Degraded = 5;
    private const double Failed = 60;

    private string? _canary;
    private long _sent;

    public string Name => "queue";

    public bool IsOfNode => true;

    // Hangfire's API is synchronous.
    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken) => Task.Run(Look, cancellationToken);

    private HealthFinding Look()
    {
        MeasureAges();
        var (finding, ended) = _canary is { } canary ? Judge(canary) : (new HealthFinding(HealthStatus.Ok, "The first canary is on its way."), true);
        if (ended)
        {
            _sent = time.GetTimestamp();
            _canary = jobs.Enqueue<MonitoringJobs>(job => job.Canary());
        }

        return finding;
    }

    private void MeasureAges()
    {
        var monitoring = storage.GetMonitoringApi();
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var queue in Queues.All)
        {
            var first = monitoring.EnqueuedJobs(queue, 0, 1).Select(job => job.Value?.EnqueuedAt).FirstOrDefault();
            OpenClawTelemetry.QueueLooked(queue, first is { } enqueued && enqueued < now ? now - enqueued : TimeSpan.Zero);
        }
    }

    // One that waits is looked at until it has ended, however often we look: another would hide how long it has waited.
    private (HealthFinding Finding, bool Ended) Judge(string canary)
    {
        using var connection = storage.GetConnection();
        var state = connection.GetStateData(canary);
        if (state?.Name == SucceededState.StateName && state.Data.TryGetValue("Latency", out var text)
            && double.TryParse(text, CultureInfo.InvariantCulture, out var latency))
        {
            return (HealthFinding.Of(latency / 1000, Degraded, Failed, "s", $"A job waits {latency:0} ms for a worker."), true);
        }

        if (state?.Name != EnqueuedState.StateName && state?.Name != ProcessingState.StateName)
        {
            return (new HealthFinding(HealthStatus.Ok, "The canary was removed; another one is on its way."), true);
        }

        var age = time.GetElapsedTime(_sent);
        return (HealthFinding.Of(age.TotalSeconds, Degraded, Failed, "s", $"A job has waited {age.TotalSeconds:0} s for a worker. Look at the servers and queues in the job dashboard."), false);
    }
}
