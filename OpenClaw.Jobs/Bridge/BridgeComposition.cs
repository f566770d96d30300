using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Bridge;

public static class BridgeComposition
{
    /// <summary>The bridge to an OpenClaw gateway. Before the job servers, so that it outlives the turns that end while the process stops.</summary>
    public static IServiceCollection AddBridge(this IServiceCollection services, BridgeSettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton<BridgeLimits>();
        services.AddSingleton<BridgeDevice>();
        services.TryAddSingleton<IPairingNotifier, PairingNotifier>();
        services.AddSingleton<GatewayBridge>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayBridge>());
        services.AddSingleton<BridgeCommands>();
        services.AddHostedService(provider => provider.GetRequiredService<BridgeCommands>());
        services.AddSingleton<IAgentRuntime, OpenClawRuntime>();
        if (settings.Gateway is not null)
            services.AddSingleton<IHealthProbe, BridgeProbe>();

        return services;
    }
}
