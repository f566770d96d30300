using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Engine;

/// <summary>
/// A job row as read in one statement. <see cref="Version"/> counts what the state does not show: continuations added to it.
/// </summary>
internal sealed record JobSnapshot(
    string Id,
    InvocationData Invocation,
    DateTime CreatedAt,
    string? StateName,
    long? StateId,
    int Version,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string>? StateData)
{
    private readonly Lazy<(Job? Job, JobLoadException? Error)> _job = new(() => Load(Invocation));

    public Job? Job => _job.Value.Job;
    public JobLoadException? LoadException => _job.Value.Error;

    public JobSnapshot InProcessing(long stateId) =>
        this with { StateName = States.ProcessingState.StateName, StateId = stateId, StateData = null };

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
