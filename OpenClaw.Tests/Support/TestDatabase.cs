using Npgsql;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Support;

/// <summary>
/// A fresh database on the run's server (or on a given one), dropped on dispose whoever is still connected.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // Many fixtures share one server: each stays at the pool size that the product has by default.
    private const int PoolSize = 20;

    // A service on an empty database migrates it for a second or more; a copy of one that is migrated takes a tenth.
    private static readonly Lazy<Task<TestDatabase>> Migrated = new(MigrateAsync);

    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string? name = null)
    {
        _name = name ?? $"openclaw_test_{Guid.NewGuid():N}";
        _server = new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString;
        ConnectionString = new NpgsqlConnectionStringBuilder(server)
        {
            Database = _name,
            MaxPoolSize = PoolSize,
            IncludeErrorDetail = true,
        }.ConnectionString;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    /// <summary>The same database as a DATABASE_URL, for processes that a test starts.</summary>
    public string Url => DatabaseUrl.FromConnectionString(ConnectionString);

    public NpgsqlDataSource DataSource { get; }

    /// <summary>An empty one.</summary>
    public static async Task<TestDatabase> CreateAsync(PrivateCluster? cluster = null)
    {
        var database = new TestDatabase(cluster?.ConnectionString ?? await TestServer.ConnectionStringAsync());
        await database.AdministerAsync($"CREATE DATABASE {database._name} TEMPLATE template0");
        return database;
    }

    /// <summary>One of the present schema, as a service's first start leaves it, on the run's server.</summary>
    public static async Task<TestDatabase> CreateMigratedAsync()
    {
        var template = await Migrated.Value;
        var database = new TestDatabase(await TestServer.ConnectionStringAsync());
        await database.AdministerAsync($"CREATE DATABASE {database._name} TEMPLATE {template._name}");
        return database;
    }

    internal static async Task DropMigratedAsync()
    {
        if (Migrated is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Migrated.Value).DisposeAsync();
        }
    }

    /// <summary>The same database on a server that was made from its server, on another port.</summary>
    public TestDatabase RecoveredOn(int port) => new(new NpgsqlConnectionStringBuilder(_server) { Port = port }.ConnectionString, _name);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row as text; empty for NULL.</summary>
    public async Task<string> TextAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync()) ?? "";
    }

    /// <summary>A line a row, its columns joined with <c>|</c>.</summary>
    public async Task<List<string>> LinesAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await AdministerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task<TestDatabase> MigrateAsync()
    {
        var database = await CreateAsync();
        await RunningService.MigrateAsync(database.Url);
        // It is copied only while nobody is connected.
        await database.AdministerAsync($"ALTER DATABASE {database._name} ALLOW_CONNECTIONS false");
        await database.AdministerAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database._name}'");
        return database;
    }

    private async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
