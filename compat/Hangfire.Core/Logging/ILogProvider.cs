namespace Hangfire.Logging;

public interface ILogProvider
{
    ILog GetLogger(string name);
}
