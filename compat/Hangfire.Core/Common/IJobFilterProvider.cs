namespace Hangfire.Common;

public interface IJobFilterProvider
{
    IEnumerable<JobFilter> GetFilters(Job job);
}
