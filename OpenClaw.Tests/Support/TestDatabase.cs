using Npgsql;

namespace OpenClaw.Tests.Support;

/// <summary>
/// A fresh, empty database on the run's server (or on a given one), dropped on dispose whoever is still connected.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // Many fixtures share one server: each stays at the pool size that the product has by default.
    private const int PoolSize = 20;

    private readonly string _server;
    private readonly string _name = $"openclaw_test_{Guid.NewGuid():N}";

    private TestDatabase(string server)
    {
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

    public static async Task<TestDatabase> CreateAsync(PrivateCluster? cluster = null)
    {
        var database = new TestDatabase(cluster?.ConnectionString ?? await TestServer.ConnectionStringAsync());
        await database.AdministerAsync($"CREATE DATABASE {database._name} TEMPLATE template0");
        return database;
    }

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

    private async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
