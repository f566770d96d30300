using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Nodes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What nodes are asked, and what they say.</summary>
internal sealed class NodeMethods(NodePairing nodes, NodeRegistry registry, NodeInvoker invoker, NodeRelay relay) : IGatewayMethods
{
    private const int MaxJson = 4 * 1024 * 1024;
    private const int MaxItems = 500;
    private const int MaxMessage = 2_000;

    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("node.invoke", Scopes.Write, InvokeAsync),
        GatewayMethod.Of("node.invoke.result", Scopes.Node, Result),
        GatewayMethod.Of("node.invoke.progress", Scopes.Node, Progress),
        GatewayMethod.Of("node.event", Scopes.Node, Event),
        GatewayMethod.Of("node.skills.update", Scopes.Node, Skills),
        GatewayMethod.Of("node.pluginTools.update", Scopes.Node, Tools),
        GatewayMethod.Of("node.runnerInventory.update", Scopes.Node, InventoryAsync),
    ];

    private async Task<NodeInvoked> InvokeAsync(GatewayCall call)
    {
        var given = call.Params("nodeId", "command", "params", "timeoutMs", "idempotencyKey", "sessionKey", "turnSourceChannel", "turnSourceTo", "turnSourceAccountId", "turnSourceThreadId");
        var (nodeId, command, key) = (given.Filled("nodeId").Trim(), given.Filled("command").Trim(), given.Filled("idempotencyKey"));
        if (command.StartsWith("system.execApprovals.", StringComparison.Ordinal))
        {
            throw GatewayException.Invalid("node.invoke does not allow system.execApprovals.*");
        }

        if (command.StartsWith("worker.", StringComparison.Ordinal))
        {
            throw GatewayException.Invalid("node.invoke does not allow private node controls");
        }

        if (NodeOffer.NeedsAdmin(command) && !Scopes.Allows(call.Connection.Connected!.Scopes, Scopes.Admin))
        {
            throw Scopes.Missing(Scopes.Admin);
        }

        var ask = new NodeAsk(nodeId, command, given.Any("params")?.GetRawText(), Shorter(given.Limit("timeoutMs", UsualPatience, TimeSpan.FromMilliseconds(1))), key);
        var answer = await invoker.AskAsync(ask, call.Cancelled) ?? await relay.AskAsync(ask, call.Cancelled);
        return answer.Ok ? new NodeInvoked(true, nodeId, command, answer.Payload, answer.PayloadJson) : throw NodeRefusals.Of(answer);
    }

    private Task<NodeInvokeHeard> Result(GatewayCall call)
    {
        // Hosts write null for what there is not.
        var given = call.NullableParams("id", "nodeId", "ok", "payload", "payloadJSON", "error");
        var (id, nodeId) = (given.Filled("id"), given.Filled("nodeId"));
        given.Required("ok");
        if (nodeId != call.Connection.Connected!.Device?.DeviceId)
        {
            throw GatewayException.Invalid("nodeId mismatch");
        }

        var error = given.Nested("error", "code", "message");
        var text = given.OptionalText("payloadJSON", MaxJson);
        var answer = new NodeAnswer(given.Flag("ok", false), Parse(text) ?? given.Any("payload"), text, Line(error, "code"), Line(error, "message"));
        return Task.FromResult(registry.Of(call.Connection)?.Answer(id, answer) == true ? new NodeInvokeHeard(true) : new NodeInvokeHeard(true, Ignored: true));
    }

    // Nobody is told of an answer before it is whole.
    private static Task<NodeInvokeHeard> Progress(GatewayCall call)
    {
        call.Params("invokeId", "nodeId", "seq", "chunk");
        return Task.FromResult(new NodeInvokeHeard(true, Ignored: true));
    }

    // Nothing here acts on what nodes tell by themselves, and the node hears so.
    private static Task<NodeEventHeard> Event(GatewayCall call) =>
        Task.FromResult(new NodeEventHeard(true, call.Params("event", "payload", "payloadJSON").Filled("event"), Handled: false, "not_supported"));

    private Task<NodeUpdated> Skills(GatewayCall call)
    {
        var (session, skills) = (Session(call), List(call, "skills", "name", "description", "content"));
        session.Skills = skills;
        return Task.FromResult(new NodeUpdated(session.NodeId, Skills: skills));
    }

    private Task<NodeUpdated> Tools(GatewayCall call)
    {
        var (session, tools) = (Session(call), List(call, "tools", "pluginId", "name", "description"));
        session.Tools = tools;
        return Task.FromResult(new NodeUpdated(session.NodeId, Tools: tools));
    }

    private async Task<NodeUpdated> InventoryAsync(GatewayCall call)
    {
        var session = Session(call);
        if (await nodes.FindAsync(session.NodeId, call.Cancelled) is not { } node)
        {
            throw GatewayException.Invalid("unknown nodeId");
        }

        if (NodeSurface.Read(node.Node) is null)
        {
            throw GatewayException.Unavailable(PendingNodeSurface.Read(node.PendingNode) is { } pending
                ? $"node capability surface is awaiting operator approval; run `openclaw nodes approve {pending.RequestId}` (see `openclaw nodes pending`), then this node retries automatically"
                : "node capability surface is awaiting operator approval; see `openclaw nodes pending`");
        }

        return new NodeUpdated(session.NodeId);
    }

    private NodeSession Session(GatewayCall call) => registry.Of(call.Connection) ?? throw GatewayException.Invalid("unknown nodeId");

    private static JsonElement List(GatewayCall call, string name, params string[] required)
    {
        var given = call.Params(name);
        given.Required(name);
        var items = given.Items(name);
        if (items.Count > MaxItems)
        {
            throw given.Wrong($"at /{name}: must NOT have more than {MaxItems} items");
        }

        foreach (var item in items)
        {
            var one = given.Within(name, item);
            foreach (var member in required)
            {
                one.Filled(member, MaxJson);
            }
        }

        return given.Any(name)!.Value;
    }

    private static string? Line(GatewayParams? error, string name) => error?.Said(name, MaxMessage) is { } text ? ForeignText.OneLine(text, MaxMessage) : null;

    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            // It is told as the text that it is.
            return null;
        }
    }

    private static TimeSpan Shorter(TimeSpan patience) => patience < LongestPatience ? patience : LongestPatience;
}
