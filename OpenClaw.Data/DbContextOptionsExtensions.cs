using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace OpenClaw.Data;

/// <summary>The one way in which a <see cref="OpenClawDbContext"/> is configured.</summary>
public static class DbContextOptionsExtensions
{
    internal const string HistoryTable = "__migrations";

    public static DbContextOptionsBuilder UseOpenClaw(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options.UseNpgsql(dataSource, Configure);

    public static DbContextOptionsBuilder<OpenClawDbContext> UseOpenClaw(
        this DbContextOptionsBuilder<OpenClawDbContext> options, string connectionString) =>
        options.UseNpgsql(connectionString, Configure);

    private static void Configure(NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsHistoryTable(HistoryTable, OpenClawDbContext.Schema);
}
