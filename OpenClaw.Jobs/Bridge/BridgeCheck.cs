using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Bridge;

/// <summary>Asks the gateway for its agents. A turn would be paid to the model behind it.</summary>
public sealed class BridgeCheck(BridgeSettings settings, GatewayBridge bridge) : IRuntimeCheck
{
    public string Provider => "openclaw";

    public bool IsPaid => false;

    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        if (settings.Gateway is null)
            return null;

        var link = await bridge.LinkAsync(cancellationToken);
        var agents = ProtocolJson.Read<KnownAgents>(await link.CallAsync("agents.list", ProtocolJson.EmptyObject, cancellationToken)).Agents;
        return $"The gateway at {settings.Address} has {agents.Count} agents.";
    }
}
