namespace Hangfire.Logging;

public interface ILog
{
    bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null);
}
