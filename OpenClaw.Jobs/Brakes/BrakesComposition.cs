using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace OpenClaw.Jobs.Brakes;

internal static class BrakesComposition
{
    /// <summary>The switch that keeps turns from beginning. Its loop is started before what could begin one.</summary>
    public static void AddBrakes(this IServiceCollection services)
    {
        services.TryAddSingleton<BrakeBoard>();
        services.TryAddSingleton<BrakeService>();
        services.TryAddSingleton<BrakeRelease>();
        services.TryAddSingleton<BrakeLoop>();

        // Hosted services are started in order, and Hangfire's server is among them.
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<BrakeLoop>()));
    }
}
