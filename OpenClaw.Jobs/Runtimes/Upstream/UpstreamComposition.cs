using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Jobs.Runtimes.Upstream;

public static class UpstreamComposition
{
    /// <summary>The bridge to an OpenClaw gateway. Before the job servers, so that it outlives the turns that end while the process stops.</summary>
    public static IServiceCollection AddBridge(this IServiceCollection services, UpstreamSettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton<UpstreamLimits>();
        services.AddSingleton<UpstreamDevice>();
        services.TryAddSingleton<IPairingNotifier, PairingNotifier>();
        services.AddSingleton<UpstreamGateway>();
        services.AddHostedService(provider => provider.GetRequiredService<UpstreamGateway>());
        services.AddSingleton<UpstreamCommands>();
        services.AddHostedService(provider => provider.GetRequiredService<UpstreamCommands>());
        services.AddSingleton<IAgentRuntime, UpstreamRuntime>();
        if (settings.Gateway is not null)
        {
            services.AddSingleton<IHealthProbe, UpstreamProbe>();
        }

        return services;
    }
}
