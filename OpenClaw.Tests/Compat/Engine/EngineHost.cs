using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Npgsql;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>A database with the engine's tables, a client on it, and as many servers as a test wants.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly PostgreSqlStorageOptions _options;
    private readonly List<BackgroundJobServer> _servers = [];

    private EngineHost(TestDatabase database, Action<PostgreSqlStorageOptions>? configure)
    {
        _database = database;
        DataSource = NpgsqlDataSource.Create(database.ConnectionString + ";Max Auto Prepare=50");
        _options = new PostgreSqlStorageOptions
        {
            QueuePollInterval = TimeSpan.FromMilliseconds(200),
            InvisibilityTimeout = TimeSpan.FromSeconds(30),
            UseSlidingInvisibilityTimeout = true,
        };
        configure?.Invoke(_options);
        Storage = NewStorage();
        Client = new BackgroundJobClient(Storage);
    }

    public NpgsqlDataSource DataSource { get; }
    public PostgreSqlStorage Storage { get; }
    public BackgroundJobClient Client { get; }
    public JobStorageMonitor Monitor => (JobStorageMonitor)Storage.GetMonitoringApi();

    public static async Task<EngineHost> CreateAsync(
        Action<PostgreSqlStorageOptions>? configure = null, PrivateCluster? cluster = null) =>
        new(await TestDatabase.CreateAsync(cluster), configure);

    /// <summary>As another process has it: what one storage signals within itself, the other does not hear.</summary>
    public PostgreSqlStorage NewStorage() => new(new DataSourceFactory(DataSource), _options);

    public BackgroundJobServer StartServer(Action<BackgroundJobServerOptions>? configure = null, JobStorage? storage = null)
    {
        var options = new BackgroundJobServerOptions
        {
            ServerName = "test",
            WorkerCount = 5,
            SchedulePollingInterval = TimeSpan.FromMilliseconds(100),
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            CancellationCheckInterval = TimeSpan.FromMilliseconds(200),
            ShutdownTimeout = TimeSpan.FromSeconds(5),
            // Not the one that some whole application of another test has set for the process.
            Activator = new JobActivator(),
        };
        configure?.Invoke(options);
        var server = new BackgroundJobServer(options, storage ?? Storage);
        _servers.Add(server);
        return server;
    }

    public string? StateOf(string? jobId)
    {
        using var connection = Storage.GetConnection();
        return connection.GetJobData(jobId!)?.State;
    }

    public string[] HistoryOf(string? jobId) => [.. Monitor.JobDetails(jobId!)!.History.Reverse().Select(h => h.StateName)];

    public Task ReachesAsync(string? jobId, string state, TimeSpan? within = null) =>
        Eventually.That(() => StateOf(jobId), Is.EqualTo(state), within);

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            server.SendStop();
        foreach (var server in _servers)
            server.Dispose();
        await DataSource.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class DataSourceFactory(NpgsqlDataSource dataSource) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
    }
}
