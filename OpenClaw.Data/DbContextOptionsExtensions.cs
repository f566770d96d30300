using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace OpenClaw.Data;

/// <summary>The one way in which a <see cref="OpenClawDbContext"/> is configured.</summary>
public static class DbContextOptionsExtensions
{
    internal const string HistoryTable = "__migrations";

    public static DbContextOptionsBuilder UseOpenClaw(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options.UseNpgsql(dataSource, Configure).ConfigureWarnings(IgnoreMissingSnapshot);

    public static DbContextOptionsBuilder<OpenClawDbContext> UseOpenClaw(
        this DbContextOptionsBuilder<OpenClawDbContext> options, string connectionString) =>
        options.UseNpgsql(connectionString, Configure).ConfigureWarnings(IgnoreMissingSnapshot);

    private static void Configure(NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsHistoryTable(HistoryTable, OpenClawDbContext.Schema);

    // Migrations are written by hand and have no snapshot to compare with; a test compares the model with the database.
    private static void IgnoreMissingSnapshot(WarningsConfigurationBuilder warnings) =>
        warnings.Ignore(RelationalEventId.PendingModelChangesWarning);
}
