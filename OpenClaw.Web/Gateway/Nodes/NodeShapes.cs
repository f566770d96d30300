using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Devices;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Nodes as the protocol has them.</summary>
internal static class NodeShapes
{
    /// <summary>Null when nothing of it waits.</summary>
    public static PendingNode? Pending(Device node) => PendingNodeSurface.Read(node.PendingNode) is not { } pending ? null : new PendingNode(
        pending.RequestId, node.DeviceId, node.ClientId, node.ClientMode, pending.DisplayName ?? node.DisplayName, node.Platform, pending.Version, node.DeviceFamily,
        pending.Offer.Caps, pending.Offer.Commands, pending.Offer.ApprovalScopes, pending.Offer.Permissions, node.RemoteIp, pending.Silent, pending.Ts);

    /// <summary>Null when nothing of it was approved.</summary>
    public static PairedNode? Paired(Device node) => NodeSurface.Read(node.Node) is not { } surface ? null : new PairedNode(
        node.DeviceId, node.ClientId, node.ClientMode, surface.DisplayName ?? node.DisplayName, node.Platform, surface.Version, node.DeviceFamily,
        surface.Offer.Caps, surface.Offer.Commands, surface.Offer.Permissions, node.RemoteIp, surface.CreatedAtMs, surface.ApprovedAtMs, DeviceShapes.Ms(node.LastSeenAt), node.LastSeenReason);

    /// <param name="node">The device.</param>
    /// <param name="session">Its connection to this node of the service; null for none.</param>
    /// <param name="isElsewhere">It is connected to another one.</param>
    /// <param name="seesPending">The reader may let nodes in.</param>
    public static KnownNode Known(Device node, NodeSession? session, bool isElsewhere, bool seesPending)
    {
        var (surface, pending) = (NodeSurface.Read(node.Node), PendingNodeSurface.Read(node.PendingNode));
        var effective = session is null ? surface?.Offer ?? NodeOffer.None : session.Offer.And(surface?.Offer);
        var shown = seesPending ? pending : null;
        var client = session?.Connection.Connected!.Client;
        return new KnownNode(
            node.DeviceId, surface?.DisplayName ?? client?.DisplayName ?? node.DisplayName ?? pending?.DisplayName, client?.Platform ?? node.Platform,
            client?.Version ?? surface?.Version ?? pending?.Version, node.ClientId, node.ClientMode, node.DeviceFamily, node.RemoteIp,
            effective.Caps, effective.Commands, session?.Tools, effective.Permissions,
            (pending, surface) switch
            {
                (not null, not null) => "pending-reapproval",
                (not null, null) => "pending-approval",
                (null, not null) => "approved",
                _ => "unapproved",
            },
            shown?.RequestId, shown?.Offer.Caps, shown?.Offer.Commands, shown?.Offer.Permissions,
            session?.Connection.ConnectedAt.ToUnixTimeMilliseconds(), DeviceShapes.Ms(node.LastSeenAt), node.LastSeenReason,
            surface?.ApprovedAtMs ?? DeviceShapes.Ms(node.ApprovedAt), Paired: true, Connected: session is not null || isElsewhere);
    }
}
