using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <content>What waits, and what it is given.</content>
public sealed partial class JobFetcher
{
    private sealed record Row(long Id, string JobId, string Queue, DateTime FetchedAt);

    private sealed class Waiter(string[] queues) : IDisposable
    {
        public string[] Queues => queues;

        public ManualResetEventSlim Ready { get; } = new(false, spinCount: 0);

        public Row? Row { get; set; }

        public void Dispose() => Ready.Dispose();
    }

    private sealed class FetchedJob(JobFetcher owner, PostgreSqlFetchedJob job) : IFetchedJob
    {
        private JobFetcher? _owner = owner;

        public string JobId => job.JobId;

        public void RemoveFromQueue() => job.RemoveFromQueue();

        public void Requeue() => job.Requeue();

        public void Dispose()
        {
            Interlocked.Exchange(ref _owner, null)?.Ended(job.Queue);
            job.Dispose();
        }
    }
}
