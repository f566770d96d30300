using Hangfire.Server;
using Hangfire.Storage;

namespace Hangfire.Engine;

/// <summary>Announces the server and keeps its heartbeat. A server that was removed meanwhile announces itself anew.</summary>
internal sealed class ServerHeartbeat(BackgroundJobServerOptions options) : IBackgroundProcess
{
    private bool _announced;

    public void Execute(BackgroundProcessContext context)
    {
        using (var connection = context.Storage.GetConnection())
        {
            try
            {
                if (!_announced)
                    connection.AnnounceServer(
                        context.ServerId, new ServerContext { Queues = options.Queues, WorkerCount = options.WorkerCount });
                else
                    connection.Heartbeat(context.ServerId);
                _announced = true;
            }
            catch (BackgroundServerGoneException)
            {
                _announced = false;
                return;
            }
        }
        context.Wait(options.HeartbeatInterval);
    }
}
