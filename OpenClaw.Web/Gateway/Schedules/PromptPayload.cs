using OpenClaw.Data.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>What a job does, as clients write it.</summary>
/// <param name="Text">What the agent is sent; null in a patch that leaves it.</param>
/// <param name="Model">On which it is to run; null for the agent's own.</param>
/// <param name="Thinking">How hard it is to think; null for no wish.</param>
/// <param name="HasThinking">A patch says so, and does not leave it.</param>
internal sealed record PromptPayload(string? Text, string? Model, string? Thinking, bool HasThinking)
{
    private const string Turn = "agentTurn";
    private const string Event = "systemEvent";

    private static readonly string[] Members =
        ["kind", "text", "message", "model", "fallbacks", "thinking", "timeoutSeconds", "deliver", "channel", "to", "bestEffortDeliver", "lightContext"];

    /// <summary>Null when there is none.</summary>
    /// <param name="given">Where it is in.</param>
    /// <param name="isPatch">The text may be left out.</param>
    public static PromptPayload? Of(GatewayParams given, bool isPatch)
    {
        // First of all the kind: of one that is not done here nobody needs to know which member is unknown.
        if (given.Nested("payload") is not { } any)
        {
            return null;
        }

        var field = any.Text("kind") switch
        {
            Event => "text",
            Turn => "message",
            "command" or "script" => throw any.Wrong($"at /payload/kind: this service runs no commands; send the agent a message ({Turn})"),
            _ => throw any.Wrong("at /payload/kind: must be equal to one of the allowed values"),
        };
        var payload = given.Nested("payload", Members)!;
        var text = isPatch && !payload.Has(field) ? null : payload.Filled(field, MessageRules.MaxContentLength);
        return new PromptPayload(text, payload.OptionalText("model"), payload.OptionalText("thinking") is { Length: > 0 } thinking ? thinking : null, payload.Has("thinking"));
    }

    /// <exception cref="GatewayException">The agent runs on another model.</exception>
    public void Check(GatewayParams given, Agent agent)
    {
        if (Model is { Length: > 0 } && Model != agent.Model)
        {
            throw given.Wrong($"at /payload/model: the agent runs on {agent.Model}, not on '{ForeignText.Quote(Model)}'; leave it out, or change the agent's model");
        }
    }
}
