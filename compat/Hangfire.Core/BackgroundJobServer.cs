using Hangfire.Engine;
using Hangfire.Server;

namespace Hangfire;

public class BackgroundJobServer : IBackgroundProcessingServer
{
    private readonly ServerHost _host;

    public BackgroundJobServer() : this(new BackgroundJobServerOptions())
    {
    }

    public BackgroundJobServer(JobStorage storage) : this(new BackgroundJobServerOptions(), storage)
    {
    }

    public BackgroundJobServer(BackgroundJobServerOptions options) : this(options, JobStorage.Current)
    {
    }

    public BackgroundJobServer(BackgroundJobServerOptions options, JobStorage storage) : this(options, storage, [])
    {
    }

    public BackgroundJobServer(
        BackgroundJobServerOptions options, JobStorage storage, IEnumerable<IBackgroundProcess> additionalProcesses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(additionalProcesses);
        _host = new ServerHost(storage, options, additionalProcesses);
    }

    public void SendStop() => _host.SendStop();

    public bool WaitForShutdown(TimeSpan timeout) => _host.Completion.Wait(timeout);

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _host.Completion.WaitAsync(cancellationToken);

#pragma warning disable CA1063, CA1816 // The shape is the package's.
    public void Dispose() => _host.Dispose();
#pragma warning restore CA1063, CA1816
}
