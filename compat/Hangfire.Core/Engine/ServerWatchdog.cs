using Hangfire.Logging;
using Hangfire.Server;

namespace Hangfire.Engine;

/// <summary>Removes servers whose heartbeat is too old. Their jobs come back by themselves when the leases expire.</summary>
internal sealed class ServerWatchdog(TimeSpan checkInterval, TimeSpan serverTimeout) : IBackgroundProcess
{
    private readonly ILog _log = LogProvider.For<ServerWatchdog>();

    public void Execute(BackgroundProcessContext context)
    {
        using (var connection = context.Storage.GetConnection())
        {
            var removed = connection.RemoveTimedOutServers(serverTimeout);
            if (removed > 0)
                _log.Info($"{removed} servers were removed: no heartbeat for {serverTimeout}.");
        }
        context.Wait(checkInterval);
    }
}
