using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Asks node hosts that are connected to this process.</summary>
internal sealed class NodeInvoker(NodePairing nodes, NodeRegistry registry, TimeProvider time)
{
    /// <summary>Its answer; null when it is not connected here.</summary>
    /// <exception cref="GatewayException">It was not approved to be asked that.</exception>
    public async Task<NodeAnswer?> AskAsync(NodeAsk ask, CancellationToken cancellationToken)
    {
        var node = await nodes.FindAsync(ask.NodeId, cancellationToken)
            ?? throw NodeRefusals.Unavailable("node pairing changed while invocation was active", "PAIRING_CHANGED");
        if (registry.Find(ask.NodeId) is not { } session)
        {
            return null;
        }

        Check(session, node, ask.Command);
        return await AskAsync(session, ask, cancellationToken);
    }

    private static void Check(NodeSession session, Device node, string command)
    {
        if (!session.Offer.And(NodeSurface.Read(node.Node)?.Offer).Commands.Contains(command))
        {
            throw GatewayException.Invalid(
                session.Offer.Commands.Contains(command)
                    ? "node command not allowed: the node's declared command surface is pending approval; run `openclaw nodes pending`, then `openclaw nodes approve <requestId>`"
                    : session.Offer.Commands.Count == 0
                        ? "node command not allowed: the node did not declare any supported commands"
                        : $"node command not allowed: the node (platform: {node.Platform ?? "unknown"}) does not support \"{ForeignText.Quote(command)}\"",
                "NODE_COMMAND_NOT_ALLOWED");
        }
    }

    private async Task<NodeAnswer> AskAsync(NodeSession session, NodeAsk ask, CancellationToken cancellationToken)
    {
        var request = new NodeInvokeRequest(Guid.NewGuid().ToString(), ask.NodeId, ask.Command, ask.Parameters, (int)ask.Patience.TotalMilliseconds, ask.IdempotencyKey);
        var answer = session.Expect(request.Id);
        try
        {
            if (registry.Of(session.Connection) != session)
            {
                return NodeAnswer.Disconnected;
            }

            if (!session.Connection.Send("node.invoke.request", ProtocolJson.Element(request)))
            {
                return NodeAnswer.Failed("TOO_LARGE", "the parameters are larger than what can be sent to a node");
            }

            return await answer.WaitAsync(ask.Patience, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more: the node need not go on.
            Cancel(session, request);
            throw;
        }
        catch (TimeoutException)
        {
            Cancel(session, request);
            return NodeAnswer.TimedOut;
        }
        finally
        {
            session.Forget(request.Id);
        }
    }

    private static void Cancel(NodeSession session, NodeInvokeRequest request) =>
        session.Connection.Send("node.invoke.cancel", ProtocolJson.Element(new NodeInvokeCancelled(request.Id, request.NodeId)));
}
