using Hangfire.Server;

namespace Hangfire.Storage;

public interface IStorageConnection : IDisposable
{
    IWriteOnlyTransaction CreateWriteTransaction();
    IDisposable AcquireDistributedLock(string resource, TimeSpan timeout);

    JobData? GetJobData(string jobId);
    StateData? GetStateData(string jobId);
    string? GetJobParameter(string id, string name);
    void SetJobParameter(string id, string name, string? value);

    void AnnounceServer(string serverId, ServerContext context);
    void Heartbeat(string serverId);
    void RemoveServer(string serverId);
    int RemoveTimedOutServers(TimeSpan timeOut);

    HashSet<string> GetAllItemsFromSet(string key);
    string? GetFirstByLowestScoreFromSet(string key, double fromScore, double toScore);
    Dictionary<string, string>? GetAllEntriesFromHash(string key);
    void SetRangeInHash(string key, IEnumerable<KeyValuePair<string, string>> keyValuePairs);
}
