using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Jobs.Runtimes.Breakers;

internal static class BreakersComposition
{
    /// <summary>What all nodes know of providers that fail.</summary>
    public static void AddBreakers(this IServiceCollection services)
    {
        services.TryAddSingleton<ProviderBreakers>();
        services.TryAddSingleton<BreakerLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<BreakerLoop>());
        services.AddSingleton<IHealthProbe, ProviderProbe>();
    }
}
