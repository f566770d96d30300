using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats.Gates;

namespace OpenClaw.Jobs.Heartbeats;

internal static class HeartbeatsComposition
{
    public static void AddHeartbeats(this IServiceCollection services)
    {
        services.TryAddSingleton(new GateSettings());
        services.TryAddSingleton<GateProbes>();
        services.TryAddSingleton<GateKeeper>();
        services.TryAddSingleton<HeartbeatSweep>();
        services.TryAddSingleton<HeartbeatOutcome>();
        services.AddJobs<HeartbeatJobs>("OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs");
        services.AddHostedService<HeartbeatGuard>();
        services.AddWorkflow(HeartbeatWorkflow.Definition);
    }
}
