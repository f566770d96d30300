using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;

namespace OpenClaw.Web.Hosting;

/// <summary>One pool of connections for everything: EF Core, the ledger and Hangfire commit together over it.</summary>
internal static class DatabaseComposition
{
    private const string ApplicationName = "openclaw";
    private const int PreparedStatements = 100;

    // The session that holds locks, and the one that listens.
    private const int OutsideOfThePool = 2;

    public static void AddDatabase(this IServiceCollection services, OpenClawOptions options)
    {
        services.AddSingleton<DatabaseTopology>();
        services.AddSingleton<TeamRole>();
        services.AddSingleton<TeamInterceptor>();
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(ConnectionString(options, provider.GetRequiredService<DatabaseTopology>()))
            .UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>())
            .UseWritableSessions()
            .Build());
        services.AddPooledDbContextFactory<OpenClawDbContext>((provider, db) => db.UseOpenClaw(provider.GetRequiredService<NpgsqlDataSource>()).AddInterceptors(provider.GetRequiredService<TeamInterceptor>()));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<OpenClawDbContext>>().CreateDbContext());
        services.AddSingleton<DatabaseMigration>();
    }

    private static string ConnectionString(OpenClawOptions options, DatabaseTopology topology)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.DatabaseConnection)
        {
            MaxPoolSize = options.DatabasePoolSize - OutsideOfThePool,

            // Behind a pooler in transaction mode a session belongs to nobody: nothing may be left in it.
            MaxAutoPrepare = topology.IsPooled ? 0 : PreparedStatements,

            // Nothing of ours changes a session but LISTEN, which undoes it: resetting each time would cost five statements.
            NoResetOnClose = true,
        };
        connection.ApplicationName ??= ApplicationName;
        return connection.ConnectionString;
    }
}
