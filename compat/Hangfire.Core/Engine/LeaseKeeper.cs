using Hangfire.Logging;

namespace Hangfire.Engine;

/// <summary>
/// Keeps the leases of running jobs alive, aborts those that are lost, gives up on those that do not stop then, and frees the jobs of
/// workers that vanished.
/// </summary>
internal sealed class LeaseKeeper(
    IWorkQueue queue, WorkerPoolOptions options, Func<IEnumerable<RunningJob>> running, Func<RunningJob, bool> giveUp, Action reclaimed)
{
    private readonly FailureStreak _failures = new(LogProvider.For<LeaseKeeper>(), "The renewal of leases");

    public async Task RunAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            var pause = options.LeaseCheckInterval;
            try
            {
                await RunOnceAsync(stopped);
                _failures.Succeeded();
            }
            catch (Exception exception) when (!stopped.IsCancellationRequested)
            {
                pause = _failures.Failed(exception);
            }
            catch (Exception)
            {
                return;
            }
            await Task.Delay(pause, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Own leases first: after an outage they are overdue, and nobody else has had a chance to prolong theirs either.
        RunningJob[] jobs = [.. running()];
        if (jobs.Length > 0)
        {
            var lost = await queue.RenewAsync([.. jobs.Select(j => j.Started)], cancellationToken);
            foreach (var job in jobs.Where(j => lost.Contains(j.Started)))
                job.Abort();
        }
        foreach (var job in jobs.Where(j => j.IsAbortedFor(options.AbortTimeout)))
            if (giveUp(job))
                await queue.DropAsync(job.Started.Lease, cancellationToken);
        if (await queue.ReclaimAsync(cancellationToken))
        {
            EngineTelemetry.Reclaimed.Add(1);
            reclaimed();
        }
    }
}
