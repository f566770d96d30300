using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Runtimes.Breakers;

/// <summary>Keeps what this node knows of failing providers fresh. It is told of changes at once; the look each half second is the guarantee.</summary>
public sealed partial class BreakerLoop(ProviderBreakers breakers, TimeProvider time, ILogger<BreakerLoop> logger) : NotifiedService(TimeSpan.FromMilliseconds(500), time, logger)
{
    private readonly Dictionary<string, bool> _resting = [];

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await breakers.RefreshAsync(cancellationToken);
        var all = breakers.All;
        foreach (var provider in _resting.Keys.Union(all.Select(standing => standing.Provider)).ToList())
        {
            var standing = all.FirstOrDefault(one => one.Provider == provider);
            var isResting = standing is { IsOpen: true };
            OpenClawTelemetry.ProviderLooked(provider, isResting);
            var wasResting = _resting.GetValueOrDefault(provider);
            _resting[provider] = isResting;
            if (isResting && !wasResting)
            {
                LogRests(logger, standing!.Which, standing.Failures, standing.Reason);
            }
            else if (wasResting && !isResting)
            {
                LogBack(logger, provider);
            }
        }
    }

    protected override void LogNotSeen(string reason) => LogNotSeen(logger, reason);

    [LoggerMessage(EventId = 1163, Level = LogLevel.Warning, Message = "{Models} is left alone after {Failures} outages: agents with fallbacks are answered by those, the turns of others wait. {Reason}")]
    private static partial void LogRests(ILogger logger, string models, int failures, string reason);

    [LoggerMessage(EventId = 1164, Level = LogLevel.Information, Message = "{Provider} answers again.")]
    private static partial void LogBack(ILogger logger, string provider);

    [LoggerMessage(EventId = 1165, Level = LogLevel.Debug, Message = "This node was told of a provider and could not look; it looks again by itself. {Reason}")]
    private static partial void LogNotSeen(ILogger logger, string reason);
}
