namespace Hangfire.Engine;

/// <summary>What the engine asks of a storage beyond the public contract.</summary>
internal interface IEngineStorage
{
    EngineTransaction BeginTransaction();

    /// <summary>Inside an ambient transaction the row stays locked, so what is decided from it holds until the commit.</summary>
    JobSnapshot? ReadJob(string jobId);

    IWorkQueue OpenWorkQueue(string serverId, string workerId, string[] queues);

    TimeSpan QueuePollInterval { get; }

    /// <summary>After this long without a sign of life a worker counts as gone.</summary>
    TimeSpan LeaseDuration { get; }

    /// <summary>Locks up to <paramref name="count"/> due members of a sorted set that no one else holds. Needs an ambient transaction.</summary>
    IReadOnlyList<string> LockDue(string setKey, DateTime now, int count);

    /// <summary>Holds a name against other processes until the ambient transaction ends.</summary>
    void Lock(string resource);

    /// <summary>The same if nobody else holds the name, else false.</summary>
    bool TryLock(string resource);

    /// <summary>
    /// Calls back when jobs may wait in a queue (in any, for the empty name): after a local commit, and on other processes' signals.
    /// The answer says whether a worker is free for it.
    /// </summary>
    IDisposable Subscribe(Func<string, bool> enqueued);
}

internal static class EngineStorage
{
    public static IEngineStorage Of(JobStorage storage) => storage as IEngineStorage
        ?? throw new NotSupportedException($"The storage '{storage.GetType()}' cannot be used with this engine.");
}
