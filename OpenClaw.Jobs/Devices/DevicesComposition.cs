using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Devices;

internal static class DevicesComposition
{
    public static void AddDevices(this IServiceCollection services)
    {
        services.TryAddSingleton<DevicePairing>();
        services.TryAddSingleton<DeviceSetups>();
        services.TryAddSingleton<NodePairing>();
        services.TryAddSingleton<NodeInvocations>();
    }
}
