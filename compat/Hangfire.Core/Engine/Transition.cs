using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Engine;

/// <summary>One job on its way from a state to the next, with the transaction that records it.</summary>
internal sealed class Transition(
    JobStorage storage, IJobFilterProvider filterProvider, IStorageConnection connection, EngineTransaction transaction, BackgroundJob job, string? currentState)
{
    private Dictionary<string, string?>? _changedParameters;
    private Dictionary<string, object>? _customData;

    public JobStorage Storage { get; } = storage;
    public IJobFilterProvider FilterProvider { get; } = filterProvider;
    public IStorageConnection Connection { get; } = connection;
    public EngineTransaction Transaction { get; } = transaction;
    public BackgroundJob Job { get; } = job;
    public string? CurrentState { get; } = currentState;
    public IDictionary<string, object> CustomData => _customData ??= [];

    public T? GetParameter<T>(string name, bool allowStale)
    {
        string? value = null;
        if (_changedParameters?.TryGetValue(name, out value) != true)
            value = allowStale && Job.ParametersSnapshot is { } snapshot
                ? snapshot.GetValueOrDefault(name)
                : Connection.GetJobParameter(Job.Id, name);
        return SerializationHelper.Deserialize<T>(value, SerializationOption.User);
    }

    public void SetParameter(string name, string? value)
    {
        (_changedParameters ??= [])[name] = value;
        Transaction.SetJobParameter(Job.Id, name, value);
    }
}
