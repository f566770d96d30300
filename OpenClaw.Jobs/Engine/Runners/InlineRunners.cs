using System.Collections.Concurrent;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Runners;

/// <summary>
/// The runners of this process: Hangfire jobs that work through many inline runs each, one for every queue that has something
/// to do. A run that becomes due here wakes its runner when it commits, or has Hangfire start one; a look once a second finds
/// what nobody told of.
/// </summary>
public sealed partial class InlineRunners(
    IServiceProvider services, WorkflowLedger ledger, IBackgroundJobClient jobs, TimeProvider time, ILogger<InlineRunners> logger)
{
    // A look of each runner comes every second: what is later than that has no runner.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1.5);

    // Until a runner that was asked for has begun, or was lost.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, InlineRunner> _active = new();
    private readonly ConcurrentDictionary<string, long> _asked = new();

    /// <summary>The runners at work, by queue.</summary>
    public IReadOnlyDictionary<string, InlineRunner> Active => _active;

    /// <summary>Has the queue's runner look as soon as the ambient transaction, if there is one, has committed.</summary>
    public void WakeOnCommit(string queue) => AmbientTransaction.OnEnd(committed =>
    {
        if (committed)
        {
            Wake(queue);
        }
    });

    /// <summary>A place at the queue's runner for a run that is about to be started; null when it has none, or others are due before it.</summary>
    public RunnerPlace? TryReserve(string queue) => _active.TryGetValue(queue, out var runner) ? runner.TryReserve() : null;

    /// <summary>Runs the queue's runner, of which a process has one: a second one tells the first to look, and ends.</summary>
    public async Task<string> RunAsync(string queue, string jobId, CancellationToken stopping)
    {
        using var runner = ActivatorUtilities.CreateInstance<InlineRunner>(services, queue, jobId);
        while (!_active.TryAdd(queue, runner))
        {
            if (_active.TryGetValue(queue, out var active) && active.Signal())
            {
                return $"Runner {active.JobId} of this process works through the queue already.";
            }

            // That one is ending in this moment.
            await Task.Yield();
        }

        _asked.TryRemove(queue, out _);
        try
        {
            await runner.RunAsync(stopping);
        }
        finally
        {
            _active.TryRemove(new(queue, runner));
        }

        return runner.Summary;
    }

    /// <summary>Starts runners for queues in which something is due and that no runner has looked at.</summary>
    internal async Task StartOverdueAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in await ledger.OverdueQueuesAsync(Queues.OfInlineRuns, Late, cancellationToken))
        {
            Wake(queue);
        }
    }

    private void Wake(string queue)
    {
        if (_active.TryGetValue(queue, out var runner) && runner.Signal())
        {
            return;
        }

        var now = time.GetTimestamp();
        var asked = _asked.GetOrAdd(queue, long.MinValue);
        if ((asked != long.MinValue && time.GetElapsedTime(asked, now) < AskAgain) || !_asked.TryUpdate(queue, now, asked))
        {
            return;
        }

        // Not on the thread that has just committed; Hangfire's client is synchronous.
        _ = Task.Run(() => Start(queue));
    }

    private void Start(string queue)
    {
        try
        {
            using var outside = AmbientTransaction.Suppress();
            jobs.Create<RunnerJobs>(Queues.Runners, job => job.RunAsync(queue, null!, CancellationToken.None), new EnqueuedState(Queues.Runners));
        }
        catch (Exception exception)
        {
            // The look that comes every second asks again.
            _asked.TryRemove(queue, out _);
            LogNotStarted(logger, queue, exception);
        }
    }

    [LoggerMessage(EventId = 1121, Level = LogLevel.Warning, Message = "A runner for queue {Queue} could not be enqueued; it is tried again.")]
    private static partial void LogNotStarted(ILogger logger, string queue, Exception exception);
}
