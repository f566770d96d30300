using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Engine;

/// <summary>
/// A job row as read in one statement. <see cref="Version"/> counts what the state does not show: continuations added to it.
/// </summary>
internal sealed class JobSnapshot(
    string id,
    InvocationData invocation,
    DateTime createdAt,
    string? stateName,
    long? stateId,
    int version,
    IReadOnlyDictionary<string, string> parameters,
    IReadOnlyDictionary<string, string>? stateData)
{
    private readonly Lazy<(Job? Job, JobLoadException? Error)> _job = new(() => Load(invocation));

    public string Id { get; } = id;
    public InvocationData Invocation { get; } = invocation;
    public DateTime CreatedAt { get; } = createdAt;
    public string? StateName { get; } = stateName;
    public long? StateId { get; } = stateId;
    public int Version { get; } = version;
    public IReadOnlyDictionary<string, string> Parameters { get; } = parameters;
    public IReadOnlyDictionary<string, string>? StateData { get; } = stateData;
    public Job? Job => _job.Value.Job;
    public JobLoadException? LoadException => _job.Value.Error;

    public BackgroundJob ToBackgroundJob() => new(Id, Job!, CreatedAt, Parameters);

    public JobData ToJobData() => new()
    {
        InvocationData = Invocation,
        Job = Job,
        LoadException = LoadException,
        State = StateName,
        CreatedAt = CreatedAt,
        ParametersSnapshot = Parameters,
    };

    private static (Job?, JobLoadException?) Load(InvocationData invocation)
    {
        try
        {
            return (invocation.DeserializeJob(), null);
        }
        catch (JobLoadException exception)
        {
            return (null, exception);
        }
    }
}
