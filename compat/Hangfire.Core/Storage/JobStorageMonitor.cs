using Hangfire.Storage.Monitoring;

namespace Hangfire.Storage;

public abstract class JobStorageMonitor : IMonitoringApi
{
    public abstract StatisticsDto GetStatistics();
    public abstract IList<ServerDto> Servers();
    public abstract IList<QueueWithTopEnqueuedJobsDto> Queues();
    public abstract JobDetailsDto? JobDetails(string jobId);

    public abstract long EnqueuedCount(string queue);
    public abstract long FetchedCount(string queue);
    public abstract long ScheduledCount();
    public abstract long ProcessingCount();
    public abstract long SucceededListCount();
    public abstract long FailedCount();
    public abstract long DeletedListCount();
    public virtual long AwaitingCount() => throw new NotSupportedException();

    public abstract JobList<EnqueuedJobDto> EnqueuedJobs(string queue, int from, int perPage);
    public abstract JobList<FetchedJobDto> FetchedJobs(string queue, int from, int perPage);
    public abstract JobList<ScheduledJobDto> ScheduledJobs(int from, int count);
    public abstract JobList<ProcessingJobDto> ProcessingJobs(int from, int count);
    public abstract JobList<SucceededJobDto> SucceededJobs(int from, int count);
    public abstract JobList<FailedJobDto> FailedJobs(int from, int count);
    public abstract JobList<DeletedJobDto> DeletedJobs(int from, int count);
    public virtual JobList<AwaitingJobDto> AwaitingJobs(int from, int count) => throw new NotSupportedException();

    public abstract IDictionary<DateTime, long> SucceededByDatesCount();
    public abstract IDictionary<DateTime, long> FailedByDatesCount();
    public virtual IDictionary<DateTime, long> DeletedByDatesCount() => throw new NotSupportedException();
    public abstract IDictionary<DateTime, long> HourlySucceededJobs();
    public abstract IDictionary<DateTime, long> HourlyFailedJobs();
    public virtual IDictionary<DateTime, long> HourlyDeletedJobs() => throw new NotSupportedException();
}
