using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Runtimes.RunLogs;

internal static class RunLogsComposition
{
    public static void AddRunLogs(this IServiceCollection services)
    {
        services.TryAddSingleton<RunLogReader>();
        services.AddHostedService<RunLogWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<RunLogReader>());
    }
}
