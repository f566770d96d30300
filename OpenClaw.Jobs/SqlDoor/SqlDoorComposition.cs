using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OpenClaw.Jobs.SqlDoor;

internal static class SqlDoorComposition
{
    public static void AddSqlDoor(this IServiceCollection services)
    {
        services.TryAddSingleton<SqlRequestHandler>();
        services.TryAddSingleton(provider => new SqlDoorLoop(
            provider.GetRequiredService<SqlRequestHandler>(), provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SqlDoorLoop>>()));
        services.AddHostedService(provider => provider.GetRequiredService<SqlDoorLoop>());
    }
}
