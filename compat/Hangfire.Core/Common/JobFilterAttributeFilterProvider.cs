using System.Reflection;

namespace Hangfire.Common;

public class JobFilterAttributeFilterProvider : IJobFilterProvider
{
    public virtual IEnumerable<JobFilter> GetFilters(Job job) =>
        GetTypeAttributes(job).Select(a => new JobFilter(a, JobFilterScope.Type, null))
            .Concat(GetMethodAttributes(job).Select(a => new JobFilter(a, JobFilterScope.Method, null)));

    protected virtual IEnumerable<JobFilterAttribute> GetTypeAttributes(Job job) =>
        job.Type.GetCustomAttributes<JobFilterAttribute>(inherit: true);

    protected virtual IEnumerable<JobFilterAttribute> GetMethodAttributes(Job job) =>
        job.Method.GetCustomAttributes<JobFilterAttribute>(inherit: true);
}
