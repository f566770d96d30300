using Hangfire.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hangfire.AspNetCore;

public class AspNetCoreLogProvider(ILoggerFactory loggerFactory) : ILogProvider
{
    public ILog GetLogger(string name) => new AspNetCoreLog(Logger(name));

    /// <summary>The engine's log provider belongs to the process, which may outlive the host that set it.</summary>
    private ILogger Logger(string name)
    {
        try
        {
            return loggerFactory.CreateLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return NullLogger.Instance;
        }
    }
}
