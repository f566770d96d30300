namespace Hangfire.Server;

public class BackgroundProcessContext(
    string serverId, JobStorage storage, IDictionary<string, object> properties, CancellationToken cancellationToken)
{
    public string ServerId { get; } = serverId;
    public JobStorage Storage { get; } = storage;
    public IReadOnlyDictionary<string, object> Properties { get; } = properties.AsReadOnly();
    public CancellationToken StoppingToken { get; } = cancellationToken;
    public bool IsStopping => StoppingToken.IsCancellationRequested;

    public void Wait(TimeSpan timeout) => StoppingToken.WaitHandle.WaitOne(timeout);
}
