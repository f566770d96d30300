using System.Text.Json;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Web.Api.Agents;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: messages that are stored before they are acknowledged, and parked in order while their agent is away.</summary>
internal sealed class MessageMethods(AgentService agents, MessageDirectory messages, TargetResolver targets) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("messages.send", Scopes.Write, SendAsync),
        new GatewayMethod("messages.list", Scopes.Read, ListAsync),
    ];

    private async Task<JsonElement> SendAsync(GatewayCall call)
    {
        var given = call.Params("id", "to", "from", "content", "metadata");
        var target = await targets.ResolveAsync(null, Recipient(given.Filled("to")), "messages.send", call.Caller, call.Cancelled);
        var message = new NewMessage(given.OptionalText("id"), given.OptionalText("from") ?? GatewayRuns.Sender, given.Filled("content"), given.Object("metadata"), target.SessionKey);
        return await agents.SendMessageAsync(target.Agent.Id, message, call.Caller, key: null, call.Cancelled) switch
        {
            Decision<AcceptedMessage>.Accepted { Value: var accepted } => Json((await messages.FindAsync(accepted.MessageId, call.Caller, call.Cancelled))!),
            Decision<AcceptedMessage>.Refused { Refusal: var refusal } => throw GatewayException.Of(refusal),
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
    }

    private async Task<JsonElement> ListAsync(GatewayCall call)
    {
        var given = call.Params("state", "limit", "before");
        var limit = given.Number("limit", DefaultList, 1, MaxList);
        var page = await messages.ListAsync(State(given), given.OptionalText("before") is null ? null : given.Uuid("before"), limit, call.Caller, call.Cancelled);
        return JsonSerializer.SerializeToElement(new { messages = page.Select(MessageResponse.FromMessage) }, WorkflowJson.Options);
    }

    /// <summary>An agent by name or id means its main session; a key says which.</summary>
    internal static string Recipient(string to)
    {
        var name = to.StartsWith("agent:", StringComparison.Ordinal) ? to["agent:".Length..] : to;
        return name.Contains(':', StringComparison.Ordinal) ? to : $"agent:{name}:{AgentNames.Main}";
    }

    private static MessageState? State(GatewayParams given)
    {
        if (given.OptionalText("state") is not { } text)
            return null;

        foreach (var state in Enum.GetValues<MessageState>())
        {
            if (EnumText.ToLower(state) == text)
                return state;
        }

        throw given.Wrong("at /state: must be equal to one of the allowed values");
    }

    private static JsonElement Json(Message message) => JsonSerializer.SerializeToElement(MessageResponse.FromMessage(message), WorkflowJson.Options);
}
