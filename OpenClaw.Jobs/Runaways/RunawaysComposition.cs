using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Runaways;

internal static class RunawaysComposition
{
    public static void AddRunaways(this IServiceCollection services) => services.TryAddSingleton<RunawayWatch>();
}
