using Hangfire.Server;

namespace Hangfire.Storage;

public abstract class JobStorageConnection : IStorageConnection
{
    public abstract IWriteOnlyTransaction CreateWriteTransaction();
    public abstract IDisposable AcquireDistributedLock(string resource, TimeSpan timeout);

    public abstract JobData? GetJobData(string jobId);
    public abstract StateData? GetStateData(string jobId);
    public abstract string? GetJobParameter(string id, string name);
    public abstract void SetJobParameter(string id, string name, string? value);

    public abstract void AnnounceServer(string serverId, ServerContext context);
    public abstract void Heartbeat(string serverId);
    public abstract void RemoveServer(string serverId);
    public abstract int RemoveTimedOutServers(TimeSpan timeOut);

    public abstract HashSet<string> GetAllItemsFromSet(string key);
    public abstract string? GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore);
    public virtual List<string> GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore, int count) => throw NotSupported();
    public virtual List<string> GetRangeFromSet(string key, int startingFrom, int endingAt) => throw NotSupported();
    public virtual long GetSetCount(string key) => throw NotSupported();

    public abstract Dictionary<string, string>? GetAllEntriesFromHash(string key);
    public abstract void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs);
    public virtual string? GetValueFromHash(string key, string name) => throw NotSupported();
    public virtual long GetCounter(string key) => throw NotSupported();

#pragma warning disable CA1063, CA1816 // The shape is the package's.
    public virtual void Dispose()
    {
    }
#pragma warning restore CA1063, CA1816

    private static NotSupportedException NotSupported() => new("This storage does not support the call.");
}
