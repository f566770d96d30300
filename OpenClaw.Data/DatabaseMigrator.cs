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

    /// <summary>Runs what is missing and returns the names of the migrations that it ran.</summary>
    /// <param name="directUrl">A session-mode connection string: a pooler in transaction mode can't hold the lock.</param>
    /// <param name="prepare">Runs under the same lock, after the migrations (the engine's own schema).</param>
    /// <param name="cancellationToken">Stops between migrations.</param>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string directUrl, Action prepare, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(directUrl) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync(cancellationToken);
        await using (var acquire = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = LockKey } } })
        {
            await acquire.ExecuteNonQueryAsync(cancellationToken);
        }

        // The lock ends with the session.
        if (await IsCurrentAsync(connection, cancellationToken))
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
