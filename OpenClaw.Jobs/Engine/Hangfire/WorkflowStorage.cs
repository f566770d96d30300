using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>Hangfire's storage with one fetcher for all workers, and with locks that end with their holder where a direct connection allows that.</summary>
public sealed class WorkflowStorage : PostgreSqlStorage, IDisposable
{
    private readonly SessionLocks? _locks;
    private readonly JobFetcher _fetcher;

    /// <param name="connections">Of the pool that everything uses.</param>
    /// <param name="options">Hangfire's.</param>
    /// <param name="locks">Null behind a pooler in transaction mode: then locks are rows that expire.</param>
    public WorkflowStorage(IConnectionFactory connections, PostgreSqlStorageOptions options, SessionLocks? locks)
        : base(connections, options)
    {
        _locks = locks;
        _fetcher = new JobFetcher(this, connections, options);
        QueueProviders.Add(_fetcher, Queues.All);
    }

    public void Dispose() => _fetcher.Dispose();

    public override IStorageConnection GetConnection() => new WorkflowStorageConnection(this, _locks);
}
