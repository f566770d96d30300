using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Tells everybody now and then how the gateway is; each owner their own agents.</summary>
internal sealed class HealthFeed(GatewayHub hub, GatewayHealth health, GatewayLimits limits, TimeProvider time, ILogger<HealthFeed> logger)
    : PeriodicService(limits.Health, time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var owner in hub.Connections.GroupBy(connection => connection.Caller.Owner))
        {
            var payload = await health.ReadAsync(owner.First().Caller, cancellationToken);
            var (whole, little) = (ProtocolJson.Element(payload), ProtocolJson.Element(GatewayHealth.Without(payload)));
            foreach (var connection in owner)
            {
                connection.Send("health", GatewayHealth.SeesAll(connection) ? whole : little, hub.StateVersion);
            }
        }
    }
}
