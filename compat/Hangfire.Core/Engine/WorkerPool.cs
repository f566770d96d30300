using System.Collections.Concurrent;
using Hangfire.Logging;

namespace Hangfire.Engine;

/// <summary>
/// All workers of a server. One pump speaks with the storage for all of them: what workers finish while a round trip is under way
/// goes out together with the next one, and so does the claim for new jobs. It waits only when there is nothing to say.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private const int MaxBatch = 64;

    private readonly WorkerPoolOptions _options;
    private readonly IWorkQueue _queue;
    private readonly JobRunner _runner;
    private readonly ConcurrentQueue<(Completion Completion, TaskCompletionSource<CompletionOutcome> Outcome)> _completions = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<RunningJob, byte> _running = new();
    private readonly FailureStreak _pumpFailures = new(LogProvider.For<WorkerPool>(), "The exchange of jobs with the storage");
    private readonly FailureStreak _leaseFailures = new(LogProvider.For<WorkerPool>(), "The renewal of leases");
    private readonly IDisposable _subscription;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationToken _shutdown;
    private long _lastClaim;
    private int _busy;
    private volatile bool _claimDue = true;

    public WorkerPool(JobStorage storage, WorkerPoolOptions options, JobPerformer performer, CancellationToken stopping, CancellationToken shutdown)
    {
        (_options, _stopping, _shutdown) = (options, stopping, shutdown);
        var engine = EngineStorage.Of(storage);
        _queue = engine.OpenWorkQueue(options.ServerId, options.PoolId, options.Queues);
        _runner = new JobRunner(storage, options, performer, CompleteAsync, _queue, stopping);
        _subscription = engine.Subscribe(OnEnqueued);
        stopping.Register(Wake);
    }

    /// <summary>Ends once the server stops and no job runs any more.</summary>
    public async Task RunAsync()
    {
        var keeper = KeepLeasesAsync();
        while (!(_stopping.IsCancellationRequested && Volatile.Read(ref _busy) == 0 && _completions.IsEmpty))
        {
            var batch = TakeCompletions();
            var wanted = Wanted(batch.Count(c => c.Completion.HandOff is null));
            if (batch.Count == 0 && wanted == 0)
                await WaitAsync();
            else
                await ExchangeAsync(batch, wanted);
        }
        await _stopped.CancelAsync();
        await keeper;
    }

    /// <summary>Gives back what is still running, for other servers to begin anew.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        var leases = _running.Keys.Select(r => r.Started.Lease).ToArray();
        foreach (var running in _running.Keys)
            running.Abort();
        if (leases.Length > 0)
            await _queue.ReleaseAsync(leases, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _stopped.CancelAsync();
        await _queue.DisposeAsync();
        _stopped.Dispose();
        _wake.Dispose();
    }

    private bool OnEnqueued(string queue)
    {
        if (queue.Length > 0 && !_options.Queues.Contains(queue))
            return false;
        _claimDue = true;
        Wake();
        return Volatile.Read(ref _busy) < _options.WorkerCount && !_stopping.IsCancellationRequested;
    }

    // A second permit in a race only costs one more look around.
    private void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    private async Task WaitAsync()
    {
        if (Volatile.Read(ref _busy) >= _options.WorkerCount || _stopping.IsCancellationRequested)
        {
            await _wake.WaitAsync(CancellationToken.None);
            return;
        }
        var pause = _options.QueuePollInterval.TotalMilliseconds - (Environment.TickCount64 - _lastClaim);
        if (pause <= 0 || !await _wake.WaitAsync(TimeSpan.FromMilliseconds(pause), CancellationToken.None))
            _claimDue = true;
    }

    private List<(Completion Completion, TaskCompletionSource<CompletionOutcome> Outcome)> TakeCompletions()
    {
        var batch = new List<(Completion, TaskCompletionSource<CompletionOutcome>)>();
        while (batch.Count < MaxBatch && _completions.TryDequeue(out var item))
            batch.Add(item);
        return batch;
    }

    private int Wanted(int finishing)
    {
        if (_stopping.IsCancellationRequested || !_claimDue)
            return 0;
        return Math.Clamp(_options.WorkerCount - Volatile.Read(ref _busy) + finishing, 0, MaxBatch);
    }

    private async Task ExchangeAsync(
        List<(Completion Completion, TaskCompletionSource<CompletionOutcome> Outcome)> batch, int wanted)
    {
        // Reset before asking: what is enqueued from now on is either seen by the claim or signalled again.
        if (wanted > 0)
            _claimDue = false;
        while (true)
        {
            try
            {
                var result = await _queue.ExchangeAsync([.. batch.Select(b => b.Completion)], wanted, CancellationToken.None);
                _pumpFailures.Succeeded();
                if (wanted > 0)
                {
                    _lastClaim = Environment.TickCount64;
                    _claimDue |= result.Claimed == wanted && result.Started.Count > 0;
                }
                for (var i = 0; i < batch.Count; i++)
                    batch[i].Outcome.SetResult(result.Outcomes[i]);
                foreach (var started in result.Started)
                    Start(started);
                return;
            }
            catch (Exception exception)
            {
                await Task.Delay(_pumpFailures.Failed(exception), _shutdown).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_shutdown.IsCancellationRequested)
                {
                    batch.ForEach(b => b.Outcome.SetResult(new CompletionOutcome(CompletionKind.LeaseLost, null)));
                    return;
                }
            }
        }
    }

    private void Start(StartedJob started)
    {
        Interlocked.Increment(ref _busy);
        _ = Task.Run(() => WorkAsync(started));
    }

    private async Task WorkAsync(StartedJob first)
    {
        try
        {
            for (var started = first; started is not null;)
            {
                using var running = new RunningJob(started, _shutdown);
                _running[running] = 0;
                try
                {
                    started = await _runner.RunAsync(running);
                }
                finally
                {
                    _running.TryRemove(running, out _);
                }
            }
        }
        catch (Exception exception)
        {
            LogProvider.For<WorkerPool>().ErrorException($"The worker of the job '{first.Job.Id}' failed; its lease will expire.", exception);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
            Wake();
        }
    }

    private Task<CompletionOutcome> CompleteAsync(Completion completion)
    {
        var outcome = new TaskCompletionSource<CompletionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _completions.Enqueue((completion, outcome));
        Wake();
        return outcome.Task;
    }

    private async Task KeepLeasesAsync()
    {
        var interval = _options.LeaseCheckInterval;
        while (!_stopped.IsCancellationRequested)
        {
            var pause = interval;
            try
            {
                if (await _queue.ReclaimAsync(_stopped.Token))
                    OnEnqueued("");
                var running = _running.Keys.ToArray();
                if (running.Length > 0)
                {
                    var lost = await _queue.RenewAsync([.. running.Select(r => r.Started)], _stopped.Token);
                    foreach (var job in running.Where(r => lost.Contains(r.Started)))
                        job.Abort();
                }
                _leaseFailures.Succeeded();
            }
            catch (Exception exception) when (!_stopped.IsCancellationRequested)
            {
                pause = _leaseFailures.Failed(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
