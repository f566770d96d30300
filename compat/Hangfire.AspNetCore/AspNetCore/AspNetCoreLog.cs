using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Hangfire.Logging.LogLevel;
using TargetLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Hangfire.AspNetCore;

internal sealed class AspNetCoreLog(ILogger logger) : ILog
{
    public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null)
    {
        var level = Translate(logLevel);
        // Without a message the engine only asks whether the level is on.
        if (messageFunc is null) return logger.IsEnabled(level);

        if (logger.IsEnabled(level)) logger.Log(level, eventId: default, messageFunc(), exception, static (message, _) => message);
        return true;
    }

    private static TargetLevel Translate(LogLevel level) => level switch
    {
        LogLevel.Trace => TargetLevel.Trace,
        LogLevel.Debug => TargetLevel.Debug,
        LogLevel.Info => TargetLevel.Information,
        LogLevel.Warn => TargetLevel.Warning,
        LogLevel.Error => TargetLevel.Error,
        LogLevel.Fatal => TargetLevel.Critical,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, message: null),
    };
}
