using Npgsql;

namespace OpenClaw.Bench;

/// <summary>A database of its own on the server that all share.</summary>
internal static class BenchDatabase
{
    /// <summary>Creates it anew, and returns its <c>postgresql://</c> address.</summary>
    public static async Task<string> CreateAsync(string server, string name)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await ExecuteAsync(source, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await ExecuteAsync(source, $"CREATE DATABASE {name}");
        var address = new NpgsqlConnectionStringBuilder(server);
        return $"postgresql://{address.Username}:{Uri.EscapeDataString(address.Password ?? "")}@{address.Host}:{address.Port}/{name}";
    }

    /// <summary>Connections to one of them.</summary>
    public static NpgsqlDataSource Open(string server, string name) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);

    public static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public static Task<long> NumberAsync(this NpgsqlDataSource source, string sql) => source.ReadAsync<long>(sql);

    /// <summary>The one value that a query has.</summary>
    public static async Task<T> ReadAsync<T>(this NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Settles what a phase left behind, so that it does not slow the next one.</summary>
    public static async Task SettleAsync(string server)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await ExecuteAsync(source, "CHECKPOINT");
    }
}
