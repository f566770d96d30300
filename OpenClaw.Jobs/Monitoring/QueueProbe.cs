using Hangfire;
using Hangfire.States;
using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Sends a canary through the real queue with each look, and tells how the one before fared.</summary>
public sealed class QueueProbe(IBackgroundJobClient jobs, JobStorage storage, TimeProvider time) : IHealthProbe
{
    private string? _canary;
    private long _sent;

    public string Name => "queue";

    // Hangfire's API is synchronous.
    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken) => Task.Run(Look, cancellationToken);

    private HealthFinding Look()
    {
        var finding = _canary is { } canary ? Judge(canary) : new HealthFinding(HealthStatus.Ok, "The first canary is on its way.");
        if (finding.Status is HealthStatus.Ok || _canary is null)
        {
            _sent = time.GetTimestamp();
            _canary = jobs.Enqueue<MonitoringJobs>(job => job.Canary());
        }

        return finding;
    }

    private HealthFinding Judge(string canary)
    {
        using var connection = storage.GetConnection();
        var state = connection.GetStateData(canary);
        if (state?.Name == SucceededState.StateName && state.Data.TryGetValue("Latency", out var text) && double.TryParse(text, out var latency))
        {
            return HealthFinding.Of(latency / 1000, 5, 60, $"A job waits {latency:0} ms for a worker.");
        }

        // Long gone, or removed by a person: the next one will tell.
        var age = state is null ? TimeSpan.Zero : time.GetElapsedTime(_sent);
        return HealthFinding.Of(age.TotalSeconds, 5, 60, $"A job has waited {age.TotalSeconds:0} s for a worker. Look at the servers and queues in the job dashboard.");
    }
}
