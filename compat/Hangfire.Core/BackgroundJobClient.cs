using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.States;

namespace Hangfire;

public class BackgroundJobClient : IBackgroundJobClientV2
{
    private readonly JobFactory _factory;
    private readonly StateChanger _stateChanger;

    public BackgroundJobClient() : this(JobStorage.Current)
    {
    }

    public BackgroundJobClient(JobStorage storage) : this(storage, JobFilterProviders.Providers)
    {
    }

    public BackgroundJobClient(JobStorage storage, IJobFilterProvider filterProvider)
    {
        Storage = storage;
        _factory = new JobFactory(filterProvider);
        _stateChanger = new StateChanger(storage, filterProvider);
    }

    public JobStorage Storage { get; }

    public string? Create(Job job, IState state) => Create(job, state, null);

    public string? Create(Job job, IState state, IDictionary<string, object>? parameters)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            using var connection = Storage.GetConnection();
            return _factory.Create(new CreateContext(Storage, connection, job, state, parameters))?.Id;
        }
        catch (Exception exception) when (exception is not BackgroundJobClientException)
        {
            throw new BackgroundJobClientException(
                "Background job creation failed. See inner exception for details.", exception);
        }
    }

    public bool ChangeState(string jobId, IState state, string? expectedState)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            var applied = _stateChanger.ChangeState(jobId, state, expectedState is null ? null : [expectedState]);
            return applied is not null && applied.Name.Equals(state.Name, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception)
        {
            throw new BackgroundJobClientException(
                "State change of a background job failed. See inner exception for details.", exception);
        }
    }
}
