using Hangfire.Storage.Monitoring;

namespace Hangfire.Storage;

public interface IMonitoringApi
{
    StatisticsDto GetStatistics();
    IList<ServerDto> Servers();
    IList<QueueWithTopEnqueuedJobsDto> Queues();
    JobDetailsDto? JobDetails(string jobId);

    long EnqueuedCount(string queue);
    long FetchedCount(string queue);
    long ScheduledCount();
    long ProcessingCount();
    long SucceededListCount();
    long FailedCount();
    long DeletedListCount();

    JobList<EnqueuedJobDto> EnqueuedJobs(string queue, int from, int perPage);
    JobList<FetchedJobDto> FetchedJobs(string queue, int from, int perPage);
    JobList<ScheduledJobDto> ScheduledJobs(int from, int count);
    JobList<ProcessingJobDto> ProcessingJobs(int from, int count);
    JobList<SucceededJobDto> SucceededJobs(int from, int count);
    JobList<FailedJobDto> FailedJobs(int from, int count);
    JobList<DeletedJobDto> DeletedJobs(int from, int count);

    IDictionary<DateTime, long> SucceededByDatesCount();
    IDictionary<DateTime, long> FailedByDatesCount();
    IDictionary<DateTime, long> HourlySucceededJobs();
    IDictionary<DateTime, long> HourlyFailedJobs();
}
