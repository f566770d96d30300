using Npgsql;

namespace OpenClaw.Data;

/// <summary>
/// Sessions that may write, and no others. After a failover an address may still lead to a server that only reads: a session
/// of it would stay in the pool, and fail every request that it is given, long after the address leads elsewhere.
/// </summary>
public static class WritableSessions
{
    private const string Sql = "SHOW transaction_read_only";

    /// <summary>Has the pool refuse a session that may only read, when it is opened.</summary>
    public static NpgsqlDataSourceBuilder UseWritableSessions(this NpgsqlDataSourceBuilder builder)
    {
        builder.UsePhysicalConnectionInitializer(Check, CheckAsync);
        return builder;
    }

    /// <exception cref="ReadOnlyServerException">The session may only read.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Sql, connection);
        Check(command.ExecuteScalar());
    }

    /// <exception cref="ReadOnlyServerException">The session may only read.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        Check(await command.ExecuteScalarAsync());
    }

    private static void Check(object? readOnly)
    {
        if (readOnly is "on")
        {
            throw new ReadOnlyServerException();
        }
    }
}

/// <summary>The server is a standby, or was set to take no writes.</summary>
public sealed class ReadOnlyServerException() : NpgsqlException("The server takes no writes: it is a standby, or default_transaction_read_only is on.")
{
    /// <summary>It may be promoted, or its address lead to another one, at any moment.</summary>
    public override bool IsTransient => true;
}
