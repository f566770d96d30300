using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Gateway.Nodes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Nodes: what they offer to do, and who lets them.</summary>
internal sealed class NodePairMethods(NodePairing nodes, DevicePairing devices, NodeRegistry registry, DeviceNews news, GatewayHub hub, TimeProvider time) : IGatewayMethods
{
    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("node.pair.list", Scopes.Pairing, ListAsync),
        GatewayMethod.Of("node.pair.approve", Scopes.Pairing, ApproveAsync),
        GatewayMethod.Of("node.pair.reject", Scopes.Pairing, RejectAsync),
        GatewayMethod.Of("node.pair.remove", Scopes.Pairing, RemoveAsync),
        GatewayMethod.Of("node.rename", Scopes.Pairing, RenameAsync),
        GatewayMethod.Of("node.list", Scopes.Read, KnownAsync),
        GatewayMethod.Of("node.describe", Scopes.Read, DescribeAsync),
    ];

    private async Task<NodePairList> ListAsync(GatewayCall call)
    {
        call.NoParams();
        var caller = DeviceCaller.Of(call);
        var seen = (await nodes.ListAsync(call.Cancelled)).Where(node => caller.Sees(node.DeviceId)).ToList();
        return new NodePairList(
            [.. seen.Select(NodeShapes.Pending).OfType<PendingNode>().OrderByDescending(node => node.Ts)],
            [.. seen.Select(NodeShapes.Paired).OfType<PairedNode>().OrderByDescending(node => node.ApprovedAtMs)]);
    }

    private async Task<NodeApproved> ApproveAsync(GatewayCall call)
    {
        var id = call.Params("requestId").Filled("requestId");
        await CheckRequestAsync(call, id, "node pairing approval denied");
        var approver = new DeviceApprover(call.Caller.Actor, [.. call.Connection.Connected!.Scopes]);
        var node = (await nodes.ApproveAsync(id, approver, call.Cancelled)).Match(
            accepted => accepted,
            refusal => throw (refusal is Refusal.Conflict ? Scopes.Missing(refusal.Detail) : GatewayException.Invalid(refusal.Detail)));
        Resolve(id, node.DeviceId, "approved");
        return new NodeApproved(id, NodeShapes.Paired(node)!);
    }

    private async Task<NodeRejected> RejectAsync(GatewayCall call)
    {
        var id = call.Params("requestId").Filled("requestId");
        await CheckRequestAsync(call, id, "node pairing rejection denied");
        var node = await nodes.RejectAsync(id, call.Caller.Actor, call.Cancelled) ?? throw GatewayException.Invalid("unknown requestId");
        Resolve(id, node.DeviceId, "rejected");
        return new NodeRejected(id, node.DeviceId);
    }

    private async Task<NodeRemoved> RemoveAsync(GatewayCall call)
    {
        var (id, caller) = (call.Params("nodeId").Filled("nodeId").Trim(), DeviceCaller.Of(call));
        var node = await nodes.FindAsync(id, call.Cancelled) ?? throw GatewayException.Invalid("unknown nodeId");
        if (!caller.Sees(id) || (caller.IsBound && !caller.MayManage(node)))
        {
            throw GatewayException.Invalid("node pairing removal denied");
        }

        if (!await devices.RemoveRoleAsync(id, DeviceScopes.Node, call.Caller.Actor, call.Cancelled))
        {
            throw GatewayException.Invalid("unknown nodeId");
        }

        Resolve("", id, "removed");
        call.Answered = news.Wake;
        return new NodeRemoved(id);
    }

    private async Task<NodeRenamed> RenameAsync(GatewayCall call)
    {
        var given = call.Params("nodeId", "displayName");
        var (id, name) = (given.Filled("nodeId").Trim(), given.Filled("displayName").Trim());
        if (!DeviceCaller.Of(call).Sees(id))
        {
            throw GatewayException.Invalid("node rename denied");
        }

        if (name.Length == 0)
        {
            throw GatewayException.Invalid("displayName required");
        }

        return await nodes.RenameAsync(id, name, call.Caller.Actor, call.Cancelled) ? new NodeRenamed(id, name) : throw GatewayException.Invalid("unknown nodeId");
    }

    private async Task<NodeList> KnownAsync(GatewayCall call)
    {
        call.NoParams();
        var elsewhere = hub.NodesElsewhere.ToHashSet();
        var known = (await nodes.ListAsync(call.Cancelled)).Select(node => Known(call, node, elsewhere));
        return new NodeList(Now(), [.. known.OrderByDescending(node => node.Connected).ThenBy(node => node.DisplayName ?? node.NodeId, StringComparer.OrdinalIgnoreCase).ThenBy(node => node.NodeId, StringComparer.Ordinal)]);
    }

    private async Task<KnownNode> DescribeAsync(GatewayCall call)
    {
        var id = call.Params("nodeId").Filled("nodeId").Trim();
        var node = await nodes.FindAsync(id, call.Cancelled) ?? throw GatewayException.Invalid("unknown nodeId");
        return Known(call, node, hub.NodesElsewhere.ToHashSet()) with { Ts = Now() };
    }

    private KnownNode Known(GatewayCall call, Data.Devices.Device node, HashSet<string> elsewhere) =>
        NodeShapes.Known(node, registry.Find(node.DeviceId), elsewhere.Contains(node.DeviceId), Scopes.Allows(call.Connection.Connected!.Scopes, Scopes.Pairing));

    private async Task CheckRequestAsync(GatewayCall call, string requestId, string denied)
    {
        var caller = DeviceCaller.Of(call);
        if (caller.IsBound && !(await nodes.ListAsync(call.Cancelled)).Any(node => caller.Sees(node.DeviceId) && PendingNodeSurface.Read(node.PendingNode)?.RequestId == requestId))
        {
            throw GatewayException.Invalid(denied);
        }
    }

    // The node itself is told too: it says again what it has.
    private void Resolve(string requestId, string nodeId, string decision)
    {
        var resolved = new NodePairResolved(requestId, nodeId, decision, Now());
        hub.TellPairing("node.pair.resolved", resolved);
        registry.Find(nodeId)?.Connection.Send("node.pair.resolved", ProtocolJson.Element(resolved));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
