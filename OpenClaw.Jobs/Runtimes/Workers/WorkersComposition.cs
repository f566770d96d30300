using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Runtimes.Workers;

internal static class WorkersComposition
{
    public static void AddWorkers(this IServiceCollection services)
    {
        services.TryAddSingleton<WorkerTurns>();
        services.TryAddSingleton<WorkerChecks>();
        services.TryAddSingleton<AgentWorkers>();
        services.AddSingleton<IAgentRuntime, WorkerRuntime>();
    }
}
