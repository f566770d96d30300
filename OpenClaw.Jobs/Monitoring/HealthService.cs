using Microsoft.Extensions.Logging;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Runs all probes at an interval; what changes is kept and logged.</summary>
public sealed partial class HealthService(
    IEnumerable<IHealthProbe> probes, HealthLedger health, HealthCheckInterval interval, TimeProvider time, ILogger<HealthService> logger)
    : PeriodicService(interval.Value, time, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHealthProbe[] _probes = [.. probes];

    private readonly TimeProvider _time = time;
    private (DatabaseTrouble Trouble, DateTimeOffset Since)? _outage;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteOutageAsync(cancellationToken);
            foreach (var probe in _probes)
            {
                await WriteAsync(probe.Name, probe.IsOfNode, await LookAsync(probe, cancellationToken), cancellationToken);
            }
        }
        catch (Exception exception) when (DatabaseOutage.Of(exception) is { } trouble and not DatabaseTrouble.Contended)
        {
            _outage ??= (trouble, _time.GetUtcNow());
            throw;
        }
    }

    // What is wrong with the database can be written only when it is back.
    private async Task WriteOutageAsync(CancellationToken cancellationToken)
    {
        if (_outage is { } outage)
        {
            var seen = $"{outage.Trouble.Name()}: so it was from {outage.Since:u} to {_time.GetUtcNow():u}.";
            await WriteAsync(DatabaseProbe.Check, ofNode: true, new HealthFinding(HealthStatus.Failed, seen), cancellationToken);
            _outage = null;
        }
    }

    private async Task WriteAsync(string name, bool ofNode, HealthFinding finding, CancellationToken cancellationToken)
    {
        if (await health.WriteAsync(name, ofNode, finding, cancellationToken) is { } change)
        {
            LogChanged(logger, change.IsFailure ? LogLevel.Warning : LogLevel.Information, name, finding.Status, finding.Detail);
        }
    }

    private async Task<HealthFinding> LookAsync(IHealthProbe probe, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
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
            return new HealthFinding(HealthStatus.Failed, DatabaseTroubleExtensions.Describe(exception));
        }
    }

    [LoggerMessage(EventId = 1201, Message = "Health of {Check} is {Status}: {Detail}")]
    private static partial void LogChanged(ILogger logger, LogLevel level, string check, HealthStatus status, string detail);
}

/// <summary>How often the health of what we depend on is looked at.</summary>
public sealed record HealthCheckInterval(TimeSpan Value);
