using System.Net.WebSockets;
using OpenClaw.Jobs.Loops;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Ends the connections of keys that are revoked or over, within a second.</summary>
internal sealed class KeyWatch(GatewayHub hub, ApiKeys keys, TimeProvider time, ILogger<KeyWatch> logger) : PeriodicService(TimeSpan.FromMilliseconds(500), time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var bound = hub.Connections.Where(connection => connection.Connected?.Key is not null).ToList();
        if (bound.Count == 0)
        {
            return;
        }

        var ended = await keys.EndedAsync(bound.Select(connection => connection.Connected!.Key!.Id).ToHashSet(), cancellationToken);
        foreach (var connection in bound.Where(connection => ended.Contains(connection.Connected!.Key!.Id)))
        {
            connection.Close(WebSocketCloseStatus.PolicyViolation, "key revoked");
        }
    }
}
