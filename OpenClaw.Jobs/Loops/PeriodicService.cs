using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Jobs.Loops;

/// <summary>Repeats a cycle at an interval. A failed cycle is logged once per streak and does not end the service.</summary>
public abstract partial class PeriodicService(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time => time;

    private bool _failing;

    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                if (_failing)
                {
                    _failing = false;
                    LogRecovered(logger, GetType().Name);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    _failing = true;
                    LogFailed(logger, GetType().Name, exception);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Service} failed and goes on trying.")]
    private static partial void LogFailed(ILogger logger, string service, Exception exception);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "{Service} works again.")]
    private static partial void LogRecovered(ILogger logger, string service);
}
