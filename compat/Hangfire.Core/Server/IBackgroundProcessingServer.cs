namespace Hangfire.Server;

public interface IBackgroundProcessingServer : IDisposable
{
    void SendStop();

    bool WaitForShutdown(TimeSpan timeout);

    Task WaitForShutdownAsync(CancellationToken cancellationToken);
}
