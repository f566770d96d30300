using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Monitoring.Routing;

internal static class RoutingComposition
{
    /// <summary>Asks each runtime now and then whether it would answer.</summary>
    public static void AddRoutingChecks(this IServiceCollection services)
    {
        services.AddSingleton<IHealthProbe, RoutingProbe>();
        services.TryAddSingleton<CheckedRuntimes>();
        services.AddJobs<RoutingJobs>("OpenClaw.Jobs.Monitoring.Routing.RoutingJobs, OpenClaw.Jobs");
        services.AddWorkflow(RoutingWorkflow.Definition);
    }
}
