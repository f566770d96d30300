using Hangfire.Logging;
using Microsoft.Extensions.Logging;

namespace Hangfire.AspNetCore;

public class AspNetCoreLogProvider(ILoggerFactory loggerFactory) : ILogProvider
{
    public ILog GetLogger(string name) => new AspNetCoreLog(loggerFactory.CreateLogger(name));
}
