using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>Whether this node's bridge is connected, and how soon the gateway answers over it.</summary>
public sealed class UpstreamProbe(UpstreamGateway bridge, TimeProvider time) : IHealthProbe
{
    public const string Check = "bridge";

    public string Name => Check;

    public bool IsOfNode => true;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var link = await bridge.LinkAsync(cancellationToken);
            var asked = time.GetTimestamp();
            await link.CallAsync("health", ProtocolJson.EmptyObject, cancellationToken);
            var seconds = time.GetElapsedTime(asked).TotalSeconds;
            return HealthFinding.Of(seconds, 1, 5, "s", $"{bridge.Status.Detail} It answers within {seconds * 1000:0} ms.");
        }
        catch (Exception exception) when (exception is GatewayUnreachableException or GatewayRefusedException)
        {
            return new HealthFinding(HealthStatus.Failed, exception.Message);
        }
    }
}
