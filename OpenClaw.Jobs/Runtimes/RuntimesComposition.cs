using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Runtimes.Breakers;
using OpenClaw.Jobs.Runtimes.Echo;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.RunLogs;
using OpenClaw.Jobs.Runtimes.Workers;

namespace OpenClaw.Jobs.Runtimes;

internal static class RuntimesComposition
{
    public static void AddRuntimes(this IServiceCollection services)
    {
        services.TryAddSingleton<RuntimeCatalog>();
        services.TryAddSingleton<AgentTurns>();
        services.TryAddSingleton<DefaultModel>();
        services.TryAddSingleton<LiveReplies>();
        services.TryAddSingleton<TurnLeases>();
        services.TryAddSingleton<UsageLedger>();
        services.AddBreakers();
        services.AddRunLogs();
        services.AddModelRuntimes();
        services.AddWorkers();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAgentRuntime, LocalEchoRuntime>());
    }
}
