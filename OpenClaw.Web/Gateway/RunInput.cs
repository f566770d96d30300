using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway;

/// <summary>What an agent is told by a client.</summary>
/// <param name="Text">The message.</param>
/// <param name="Context">What goes with it; null for nothing.</param>
/// <param name="Metadata">A JSON object that is kept with it; null for none.</param>
internal sealed record RunInput(string Text, TurnContext? Context = null, JsonElement? Metadata = null)
{
    // Every model here can do that, and nothing else.
    private static readonly string[] NoThinking = ["", "off", "none", "default"];

    /// <summary>What stands for the text of a message that is pictures alone.</summary>
    private const string PictureAlone = "[picture]";

    /// <summary>On which the run is to be, alone or with its provider; null for the agent's own.</summary>
    public string? Model { get; private init; }

    /// <summary>How hard the agent is to think; null for its own way.</summary>
    public string? Thinking { get; private init; }

    /// <summary>An address of a channel to which the reply goes; null for nowhere but the conversation.</summary>
    public string? DeliverTo { get; private init; }

    /// <summary>A message with the pictures that are attached to it, and instructions for this answer.</summary>
    public static RunInput Of(GatewayParams given)
    {
        var (pictures, instructions) = (PictureReader.Attachments(given), given.OptionalText("extraSystemPrompt", MessageRules.MaxContentLength));
        var context = pictures.Count == 0 && string.IsNullOrWhiteSpace(instructions) ? null : new TurnContext { Pictures = pictures, Instructions = string.IsNullOrWhiteSpace(instructions) ? null : instructions };
        var text = pictures.Count == 0 ? given.Filled("message", MessageRules.MaxContentLength) : TextOf(given.OptionalText("message", MessageRules.MaxContentLength));
        var deliverTo = ReplyDelivery.OfRun(given);
        return new RunInput(text, context, ReplyAddress.Describe(deliverTo))
        {
            Model = ModelOf(given),
            Thinking = given.OptionalText("thinking"),
            DeliverTo = deliverTo,
        };
    }

    /// <summary>What is wanted that the agent cannot do, as a sentence that says what to do; null when it can all be done.</summary>
    public string? WhyNotFor(Agent agent) => this switch
    {
        { Model: { } model } when model != agent.Model && !agent.Model.EndsWith($"/{model}", StringComparison.Ordinal) =>
            $"The agent runs on {agent.Model}, not on '{ForeignText.Quote(model)}'. Leave the model out, or change the agent's.",
        { Thinking: { } thinking } when !NoThinking.Contains(thinking) =>
            $"Thinking level \"{ForeignText.Quote(thinking)}\" is not supported for {agent.Model}. Use one of: off.",
        _ => null,
    };

    private static string? ModelOf(GatewayParams given) => (given.OptionalText("provider"), given.OptionalText("model")) switch
    {
        (_, null or "") => null,
        (null or "", { } model) => model,
        ({ } provider, { } model) => model.StartsWith($"{provider}/", StringComparison.Ordinal) ? model : $"{provider}/{model}",
    };

    /// <summary>The text of a message with pictures.</summary>
    public static string TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? PictureAlone : text;
}
