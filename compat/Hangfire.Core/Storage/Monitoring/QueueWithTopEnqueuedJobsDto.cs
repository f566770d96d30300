namespace Hangfire.Storage.Monitoring;

public class QueueWithTopEnqueuedJobsDto
{
    public long? Fetched { get; set; }
    public JobList<EnqueuedJobDto> FirstJobs { get; set; } = new([]);
    public long Length { get; set; }
    public string Name { get; set; } = "";
}
