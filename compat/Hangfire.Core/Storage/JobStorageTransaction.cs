using Hangfire.Common;
using Hangfire.States;

namespace Hangfire.Storage;

public abstract class JobStorageTransaction : IWriteOnlyTransaction
{
    public abstract void ExpireJob(string jobId, TimeSpan expireIn);
    public abstract void PersistJob(string jobId);
    public abstract void SetJobState(string jobId, IState state);
    public abstract void AddJobState(string jobId, IState state);

    public abstract void AddToQueue(string queue, string jobId);

    public abstract void IncrementCounter(string key);
    public abstract void IncrementCounter(string key, TimeSpan expireIn);
    public abstract void DecrementCounter(string key);
    public abstract void DecrementCounter(string key, TimeSpan expireIn);

    public abstract void AddToSet(string key, string value);
    public abstract void AddToSet(string key, string value, double score);
    public abstract void RemoveFromSet(string key, string value);

    public abstract void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs);
    public abstract void RemoveHash(string key);

    public virtual string CreateJob(Job job, IDictionary<string, string?> parameters, DateTime createdAt, TimeSpan expireIn) =>
        throw new NotSupportedException("This storage does not support the call.");

    public virtual void SetJobParameter(string jobId, string name, string? value) =>
        throw new NotSupportedException("This storage does not support the call.");

    public abstract void Commit();

#pragma warning disable CA1063, CA1816 // The shape is the package's.
    public virtual void Dispose()
    {
    }
#pragma warning restore CA1063, CA1816
}
