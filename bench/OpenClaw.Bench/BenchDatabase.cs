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

    public static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Settles what a phase left behind, so that it does not slow the next one.</summary>
    public static async Task SettleAsync(string server)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await ExecuteAsync(source, "CHECKPOINT");
    }
}
