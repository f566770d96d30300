using Microsoft.Extensions.Logging;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Workflows.Recovery;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Runs all probes at an interval and logs what changes.</summary>
public sealed partial class HealthService(
    IEnumerable<IHealthProbe> probes, HealthLedger health, HealthCheckInterval interval, TimeProvider time, ILogger<HealthService> logger)
    : PeriodicService(interval.Value, time, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHealthProbe[] _probes = [.. probes];

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var probe in _probes)
        {
            var finding = await LookAsync(probe, cancellationToken);
            if (await health.WriteAsync(probe.Name, finding, cancellationToken))
            {
                LogChanged(logger, probe.Name, finding.Status, finding.Detail);
            }
        }
    }

    private static async Task<HealthFinding> LookAsync(IHealthProbe probe, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            return await probe.LookAsync(deadline.Token).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthFinding(HealthStatus.Failed, $"No answer within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthFinding(HealthStatus.Failed, exception.GetBaseException().Message);
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Health of {Check} is {Status}: {Detail}")]
    private static partial void LogChanged(ILogger logger, string check, HealthStatus status, string detail);
}

/// <summary>How often the health of what we depend on is looked at.</summary>
public sealed record HealthCheckInterval(TimeSpan Value);
