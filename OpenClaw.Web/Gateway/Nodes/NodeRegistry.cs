using System.Collections.Concurrent;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Nodes that are connected here. What they may be asked is looked up when they are asked: it may be approved on another node of the service.</summary>
internal sealed partial class NodeRegistry
{
    private readonly ConcurrentDictionary<string, NodeSession> _sessions = new();
    private readonly GatewayHub _hub;
    private readonly NodePairing _pairing;
    private readonly ILogger<NodeRegistry> _logger;

    public NodeRegistry(GatewayHub hub, NodePairing pairing, ILogger<NodeRegistry> logger)
    {
        (_hub, _pairing, _logger) = (hub, pairing, logger);
        hub.Joined += Join;
        hub.Left += Leave;
    }

    public NodeSession? Find(string nodeId) => _sessions.GetValueOrDefault(nodeId);

    /// <summary>The session of a node that calls; null when another connection of it has taken its place.</summary>
    public NodeSession? Of(GatewayConnection connection) =>
        connection.Connected?.Device is { } device && Find(device.DeviceId) is { } session && session.Connection == connection ? session : null;

    private void Join(GatewayConnection connection)
    {
        if (connection.Connected is not { Role: DeviceScopes.Node, Device: { } device } connected)
        {
            return;
        }

        var session = new NodeSession(connection);
        NodeSession? before = null;
        _sessions.AddOrUpdate(device.DeviceId, session, (_, known) =>
        {
            before = known;
            return session;
        });
        before?.End();
        _ = OfferAsync(connected, device.DeviceId);
    }

    private void Leave(GatewayConnection connection)
    {
        if (Of(connection) is { } session && _sessions.TryRemove(new(session.NodeId, session)))
        {
            session.End();
        }
    }

    private async Task OfferAsync(ConnectRequest connected, string nodeId)
    {
        try
        {
            if (await _pairing.OfferAsync(nodeId, connected.Offer, connected.Client.DisplayName, connected.Client.Version, Owners.House, CancellationToken.None) is { IsNew: true, Node: { } node } && NodeShapes.Pending(node) is { } pending)
            {
                _hub.TellPairing("node.pair.requested", pending);
            }
        }
        catch (Exception exception)
        {
            // It may be asked for nothing that was not approved before; it offers the same again when it connects again.
            LogNotOffered(_logger, nodeId, exception);
        }
    }

    [LoggerMessage(EventId = 2220, Level = LogLevel.Warning, Message = "What the node {Node} can do could not be kept; it is asked again when it connects again.")]
    private static partial void LogNotOffered(ILogger logger, string node, Exception exception);
}
