using Hangfire.Server;
using Microsoft.Extensions.Hosting;

namespace Hangfire;

/// <summary>
/// Runs a server from the moment the host has started, so that no job runs against a half-built application, and
/// lets its jobs finish within the host's shutdown timeout; what is not done by then goes back to its queue.
/// </summary>
public class BackgroundJobServerHostedService(
    JobStorage storage,
    BackgroundJobServerOptions options,
    IEnumerable<IBackgroundProcess> additionalProcesses,
    IHostApplicationLifetime hostApplicationLifetime) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenRegistration _started;
    private CancellationTokenRegistration _stopping;
    private BackgroundJobServer? _server;
    private bool _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = hostApplicationLifetime.ApplicationStarted.Register(Start);
        _stopping = hostApplicationLifetime.ApplicationStopping.Register(SendStop);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        SendStop();
        if (_server is not { } server) return;

        try
        {
            await server.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host's patience is over: disposing the server gives the rest back.
        }
    }

    public void Dispose()
    {
        _started.Dispose();
        _stopping.Dispose();
        _server?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Start()
    {
        lock (_gate)
        {
            if (!_stopped) _server = new BackgroundJobServer(options, storage, additionalProcesses);
        }
    }

    private void SendStop()
    {
        lock (_gate)
        {
            _stopped = true;
            _server?.SendStop();
        }
    }
}
