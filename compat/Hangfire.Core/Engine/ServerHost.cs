using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.Server;

namespace Hangfire.Engine;

/// <summary>A server's life: its workers, its background loops, and the order in which they stop.</summary>
internal sealed class ServerHost : IDisposable
{
    private readonly ILog _log = LogProvider.For<BackgroundJobServer>();
    private readonly JobStorage _storage;
    private readonly BackgroundJobServerOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly WorkerPool _workers;
    private readonly string _serverId;
    private readonly IJobFilterProvider _filters;

    public ServerHost(JobStorage storage, BackgroundJobServerOptions options, IEnumerable<IBackgroundProcess> additionalProcesses)
    {
        (_storage, _options) = (storage, options);
        _serverId = $"{options.ServerName ?? Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid()}";
        _filters = options.FilterProvider ?? JobFilterProviders.Providers;
        ReserveThreads(options.WorkerCount);

        var engine = EngineStorage.Of(storage);
        var leaseCheck = Min(options.CancellationCheckInterval, engine.LeaseDuration / 5, TimeSpan.FromSeconds(2));
        _workers = new WorkerPool(
            storage,
            new WorkerPoolOptions(
                _serverId, options.Queues, options.WorkerCount, engine.QueuePollInterval, leaseCheck, options.ShutdownTimeout, _filters),
            new JobPerformer(options.Activator ?? JobActivator.Current),
            _stopping.Token,
            _shutdown.Token);
        Completion = RunAsync([.. CreateLoops(additionalProcesses)]);
    }

    public Task Completion { get; }

    public void SendStop() => _stopping.Cancel();

    public void Dispose()
    {
        SendStop();
        Completion.Wait();
        _stopping.Dispose();
        _shutdown.Dispose();
    }

    // A job may block its thread. The pool hands out only as many at once as its minimum, and one a second beyond it.
    private static void ReserveThreads(int workerCount)
    {
        ThreadPool.GetMinThreads(out var workers, out var io);
        var needed = Math.Min(workerCount + Environment.ProcessorCount + 4, 256);
        if (workers < needed)
            ThreadPool.SetMinThreads(needed, io);
    }

    private static TimeSpan Min(params TimeSpan[] values) => values.Min();

    private IEnumerable<BackgroundLoop> CreateLoops(IEnumerable<IBackgroundProcess> additionalProcesses)
    {
        var context = new BackgroundProcessContext(_serverId, _storage, new Dictionary<string, object>(), _stopping.Token);
        IBackgroundProcess[] own =
        [
            new ServerHeartbeat(_options),
            new ServerWatchdog(_options.ServerCheckInterval, _options.ServerTimeout),
            new DelayedJobScheduler(_options.SchedulePollingInterval, _filters),
            new Recurring.RecurringJobScheduler(
                _options.SchedulePollingInterval, _options.TimeZoneResolver ?? new DefaultTimeZoneResolver(), _filters),
        ];
        foreach (var process in own.Concat(additionalProcesses))
            yield return new BackgroundLoop(process.GetType().Name, () => process.Execute(context), _stopping.Token);
        foreach (var component in _storage.GetComponents())
            yield return new BackgroundLoop(component.GetType().Name, () => component.Execute(_stopping.Token), _stopping.Token);
    }

    private async Task RunAsync(BackgroundLoop[] loops)
    {
        await Task.Yield();
        _log.Info($"Server {_serverId} started with {_options.WorkerCount} workers for the queues {string.Join(", ", _options.Queues)}.");
        var workers = Task.Run(_workers.RunAsync);
        var running = loops.Select(l => l.RunAsync()).ToArray();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (_stopping.Token.Register(stopping.SetResult))
            await stopping.Task;
        await StopAsync(workers);
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(_options.ShutdownTimeout, CancellationToken.None));
        Leave();
        _log.Info($"Server {_serverId} stopped.");
    }

    private async Task StopAsync(Task workers)
    {
        await Task.WhenAny(workers, Task.Delay(_options.StopTimeout, CancellationToken.None));
        await _shutdown.CancelAsync();
        await Task.WhenAny(workers, Task.Delay(_options.ShutdownTimeout, CancellationToken.None));
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _workers.AbandonAsync(limit.Token);
        }
        catch (Exception exception)
        {
            _log.WarnException("The jobs still running could not be given back; their leases will expire.", exception);
        }
        await _workers.DisposeAsync();
    }

    private void Leave()
    {
        try
        {
            using var connection = _storage.GetConnection();
            connection.RemoveServer(_serverId);
        }
        catch (Exception exception)
        {
            _log.WarnException($"Server {_serverId} could not sign off; it will be removed once its heartbeat is too old.", exception);
        }
    }
}
