using Hangfire.Engine;
using Hangfire.PostgreSql.Factories;
using Hangfire.PostgreSql.Maintenance;
using Hangfire.PostgreSql.Monitoring;
using Hangfire.PostgreSql.Queues;
using Hangfire.PostgreSql.Writing;
using Hangfire.Server;
using Hangfire.Storage;

namespace Hangfire.PostgreSql;

public class PostgreSqlStorage : JobStorage, IEngineStorage
{
    private readonly PostgreSqlStorageOptions _options;
    private readonly Database _database;
    private readonly JobIds _ids;
    private readonly QueueSignals _signals;

    public PostgreSqlStorage(string connectionString) : this(connectionString, new PostgreSqlStorageOptions())
    {
    }

    public PostgreSqlStorage(string connectionString, PostgreSqlStorageOptions options)
        : this(new NpgsqlConnectionFactory(connectionString, null), options)
    {
    }

    public PostgreSqlStorage(IConnectionFactory connectionFactory) : this(connectionFactory, new PostgreSqlStorageOptions())
    {
    }

    public PostgreSqlStorage(IConnectionFactory connectionFactory, PostgreSqlStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(connectionFactory);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _database = new Database(connectionFactory, options);
        _ids = new JobIds(_database);
        _signals = new QueueSignals(options.EnableLongPolling ? new QueueNotifier(_database) : null);
        _database.TryPrepareSchema();
    }

    TimeSpan IEngineStorage.QueuePollInterval => _options.QueuePollInterval;

    TimeSpan IEngineStorage.LeaseDuration => _options.InvisibilityTimeout;

    public override IStorageConnection GetConnection() => new StorageConnection(_database, BeginTransaction, _options.DistributedLockTimeout);

    public override IMonitoringApi GetMonitoringApi() => new MonitoringApi(_database);

    public override IEnumerable<IServerComponent> GetComponents()
    {
        yield return new ExpirationManager(_database, _options.JobExpirationCheckInterval, _options.DeleteExpiredBatchSize);
        yield return new CountersAggregator(_database, _options.CountersAggregateInterval);
        if (_options.EnableLongPolling)
            yield return new QueueListener(_database, _signals);
    }

    public override bool HasFeature(string featureId) =>
        featureId is "Monitoring.AwaitingJobs" or "Monitoring.DeletedStateGraphs" or "Transaction.CreateJob" or "Transaction.SetJobParameter";

    public override string ToString() => _database.ToString();

    EngineTransaction IEngineStorage.BeginTransaction() => BeginTransaction();

    JobSnapshot? IEngineStorage.ReadJob(string jobId) => JobReader.Read(_database, jobId);

    IWorkQueue IEngineStorage.OpenWorkQueue(string serverId, string workerId, string[] queues) =>
        new WorkQueue(_database, _options, serverId, workerId, queues);

    IReadOnlyList<string> IEngineStorage.LockDue(string setKey, DateTime now, int count) => SetReader.LockDue(_database, setKey, now, count);

    void IEngineStorage.Lock(string resource) => TransactionLock.Acquire(_database, resource);

    bool IEngineStorage.TryLock(string resource) => TransactionLock.TryAcquire(_database, resource);

    IDisposable IEngineStorage.Subscribe(Func<string, bool> enqueued) => _signals.Subscribe(enqueued);

    private WriteTransaction BeginTransaction() => new(_database, _ids, _signals);
}
