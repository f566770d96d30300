using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Loops;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>
/// Sweeps where the recurring job does not: its scheduler goes by a node's clock and needs a free worker, and somebody may
/// have removed it. What counts here is that beats are late by the database's clock.
/// </summary>
public sealed partial class HeartbeatGuard(HeartbeatSweep sweep, TimeProvider time, ILogger<HeartbeatGuard> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    // One sweep after another has been missed by then.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    private bool _needed;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var started = await sweep.RunAsync(Late, cancellationToken);
        if (started > 0 && !_needed)
        {
            LogNeeded(logger, started);
        }

        _needed = started > 0;
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "The recurring job heartbeat-sweep is late or too slow; {Started} heartbeats were started without it.")]
    private static partial void LogNeeded(ILogger logger, int started);
}
