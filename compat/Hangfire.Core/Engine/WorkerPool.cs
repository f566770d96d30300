using System.Collections.Concurrent;
using Hangfire.Logging;

namespace Hangfire.Engine;

/// <summary>
/// All workers of a server. One at a time speaks with the storage, for all of them: what workers finish while a round trip is under
/// way goes out together with the next one, and so does the claim for new jobs. A worker that finds the line free goes itself, which
/// saves it waiting for another thread; a loop does the rest, and waits when there is nothing to say.
/// </summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private const int MaxBatch = 64;

    private readonly WorkerPoolOptions _options;
    private readonly IWorkQueue _queue;
    private readonly JobRunner _runner;
    private readonly ConcurrentQueue<Finished> _finished = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<RunningJob, byte> _running = new();
    private readonly FailureStreak _pumpFailures = new(LogProvider.For<WorkerPool>(), "The exchange of jobs with the storage");
    private readonly IDisposable _subscription;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationToken _shutdown;
    private long _lastClaim;
    private int _busy;
    private int _isLineTaken;
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
        var keeper = new LeaseKeeper(_queue, _options, () => _running.Keys, GiveUp, () => OnEnqueued("")).RunAsync(_stopped.Token);
        while (!(_stopping.IsCancellationRequested && Volatile.Read(ref _busy) == 0 && _finished.IsEmpty))
        {
            try
            {
                if (!TryExchange())
                    await WaitAsync();
                _pumpFailures.Succeeded();
            }
            catch (Exception exception)
            {
                await Task.Delay(_pumpFailures.Failed(exception), _shutdown).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_shutdown.IsCancellationRequested)
                    GiveUpFinished();
            }
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
        _queue.Dispose();
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

    /// <returns>False if there is nothing to say, or someone is speaking.</returns>
    private bool TryExchange()
    {
        if (Interlocked.Exchange(ref _isLineTaken, 1) == 1)
            return false;
        try
        {
            var batch = TakeFinished();
            var wanted = Wanted(batch.Count(f => f.Completion.HandOff is null));
            if (batch.Count == 0 && wanted == 0)
                return false;
            Exchange(batch, wanted);
            return true;
        }
        finally
        {
            Volatile.Write(ref _isLineTaken, 0);
            // Whoever came meanwhile found the line taken and relies on this look back.
            Interlocked.MemoryBarrier();
            if (!_finished.IsEmpty || Wanted(0) > 0)
                Wake();
        }
    }

    private void Exchange(List<Finished> batch, int wanted)
    {
        // Reset before asking: what is enqueued from now on is either seen by the claim or signalled again.
        if (wanted > 0)
            _claimDue = false;
        ExchangeResult result;
        try
        {
            result = _queue.Exchange([.. batch.Select(f => f.Completion)], wanted);
        }
        catch
        {
            batch.ForEach(_finished.Enqueue);
            _claimDue = true;
            throw;
        }
        if (wanted > 0)
        {
            _lastClaim = Environment.TickCount64;
            _claimDue |= result.Claimed == wanted && result.Started.Count > 0;
        }
        for (var i = 0; i < batch.Count; i++)
            batch[i].Outcome.SetResult(result.Outcomes[i]);
        foreach (var started in result.Started)
            Start(started);
    }

    private List<Finished> TakeFinished()
    {
        var batch = new List<Finished>();
        while (batch.Count < MaxBatch && _finished.TryDequeue(out var finished))
            batch.Add(finished);
        return batch;
    }

    private void GiveUpFinished()
    {
        foreach (var finished in TakeFinished())
            finished.Outcome.SetResult(new CompletionOutcome(CompletionKind.LeaseLost, null));
    }

    private int Wanted(int finishing)
    {
        if (_stopping.IsCancellationRequested || !_claimDue)
            return 0;
        return Math.Clamp(_options.WorkerCount - Volatile.Read(ref _busy) + finishing, 0, MaxBatch);
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
                    // It lost its worker meanwhile, which it takes back for what little is left to do.
                    if (!_running.TryRemove(running, out _))
                        Interlocked.Increment(ref _busy);
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

    /// <summary>Lets other jobs have the worker of one that does not stop. Nothing that it still does counts.</summary>
    private bool GiveUp(RunningJob running)
    {
        if (!_running.TryRemove(running, out _))
            return false;
        LogProvider.For<WorkerPool>().Warn(
            $"The job '{running.Started.Job.Id}' goes on although it was aborted. Its worker does other work; its thread is lost until it returns.");
        Interlocked.Decrement(ref _busy);
        _claimDue = true;
        Wake();
        return true;
    }

    private Task<CompletionOutcome> CompleteAsync(Completion completion)
    {
        var finished = new Finished(
            completion, new TaskCompletionSource<CompletionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        _finished.Enqueue(finished);
        try
        {
            if (!TryExchange())
                Wake();
        }
        catch (Exception)
        {
            // It is back in line, and the loop tries again until it works.
            Wake();
        }
        return finished.Outcome.Task;
    }

    private sealed record Finished(Completion Completion, TaskCompletionSource<CompletionOutcome> Outcome);
}
