using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace OpenClaw.Data;

/// <summary>Brings a database to the schema of this build. Safe to run from many processes at once.</summary>
public static class DatabaseMigrator
{
    // "OpenClaw" in ASCII: the key under which all processes that migrate wait for each other.
    private const long LockKey = 0x4F70656E436C6177;

    private const string BeforeLook = "before_look";

    // Of a server that vanished while it was waited for, in seconds.
    private const int KeepAlive = 15;

    /// <inheritdoc cref="MigrateAsync(string, Action, Action, CancellationToken)"/>
    public static Task<IReadOnlyList<string>> MigrateAsync(string url, Action prepare, CancellationToken cancellationToken) =>
        MigrateAsync(url, prepare, static () => { }, cancellationToken);

    /// <summary>Runs what is missing and returns the names of the migrations that it ran.</summary>
    /// <param name="url">A connection string; also one that leads through a pooler in transaction mode.</param>
    /// <param name="prepare">Runs under the same lock, after the migrations (the engine's own schema).</param>
    /// <param name="waiting">Called when another process migrates at the moment; it is waited for, however long that takes.</param>
    /// <param name="cancellationToken">Stops between migrations.</param>
    /// <exception cref="ReadOnlyServerException">The server takes no writes.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string url, Action prepare, Action waiting, CancellationToken cancellationToken)
    {
        // Statements of a migration, and the wait for another's, may take longer than any that serves a request.
        var unpooled = new NpgsqlConnectionStringBuilder(url) { Pooling = false, CommandTimeout = 0, KeepAlive = KeepAlive }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync(cancellationToken);
        await WritableSessions.CheckAsync(connection);

        // The lock ends with the transaction, which is the connection's own also behind a pooler.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, waiting, cancellationToken);

        // What it reads it would keep locked, and the migrations wait for that.
        await transaction.SaveAsync(BeforeLook, cancellationToken);
        var isCurrent = await IsCurrentAsync(connection, cancellationToken);
        await transaction.RollbackAsync(BeforeLook, cancellationToken);
        if (isCurrent)
        {
            prepare();
            return [];
        }

        await using var db = new OpenClawDbContext(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(unpooled).Options);
        var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (missing.Count > 0)
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        prepare();
        return missing;
    }

    private static async Task LockAsync(NpgsqlConnection connection, Action waiting, CancellationToken cancellationToken)
    {
        // The transaction does nothing but hold it.
        await using var patient = new NpgsqlCommand("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0", connection);
        await patient.ExecuteNonQueryAsync(cancellationToken);
        await using var attempt = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
        if (await attempt.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        waiting();
        await using var acquire = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LockKey } } };
        await acquire.ExecuteNonQueryAsync(cancellationToken);
    }

    // Asked without EF Core, whose first use costs most of a second: a service that restarts is back sooner.
    private static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{OpenClawDbContext.Schema}.{DbContextOptionsExtensions.HistoryTable}') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        var known = typeof(OpenClawDbContext).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().ToArray();
        await using var count = new NpgsqlCommand(
            $"""SELECT count(*) FROM {OpenClawDbContext.Schema}.{DbContextOptionsExtensions.HistoryTable} WHERE "MigrationId" = ANY ($1)""", connection)
        {
            Parameters = { new() { Value = known } },
        };
        return await count.ExecuteScalarAsync(cancellationToken) is long applied && applied == known.Length;
    }
}
