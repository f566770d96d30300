using Hangfire.Common;

namespace Hangfire;

public class BackgroundJob(string id, Job job, DateTime createdAt, IReadOnlyDictionary<string, string>? parametersSnapshot)
{
    public BackgroundJob(string id, Job job, DateTime createdAt) : this(id, job, createdAt, null)
    {
    }

    public string Id { get; } = id;
    public Job Job { get; } = job;
    public DateTime CreatedAt { get; } = createdAt;
    public IReadOnlyDictionary<string, string>? ParametersSnapshot { get; } = parametersSnapshot;
}
