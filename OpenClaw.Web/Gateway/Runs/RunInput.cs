using System.Text.Json;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>What an agent is told by a client.</summary>
/// <param name="Text">The message.</param>
/// <param name="Context">What goes with it; null for nothing.</param>
/// <param name="Metadata">A JSON object that is kept with it; null for none.</param>
internal sealed record RunInput(string Text, TurnContext? Context = null, JsonElement? Metadata = null)
{
    /// <summary>What stands for the text of a message that is pictures alone.</summary>
    private const string PictureAlone = "[picture]";

    /// <summary>An address of a channel to which the reply goes; null for nowhere but the conversation.</summary>
    public string? DeliverTo { get; private init; }

    /// <summary>How long its turn may take; null for as long as the agent's turns may.</summary>
    public TimeSpan? Timeout { get; private init; }

    /// <summary>What becomes of it when the agent has a turn under way; null for what its conversation or the agent says.</summary>
    public string? QueueMode { get; private init; }

    /// <summary>The same, with how it is queued and how long its turn may take.</summary>
    public RunInput Queued(GatewayParams given)
    {
        var mode = given.OptionalText("queueMode");
        return mode is { Length: > 0 } && !QueueModes.TryParse(mode, out _)
            ? throw given.Wrong($"at /queueMode: must be {QueueModes.All}")
            : this with { QueueMode = mode is { Length: > 0 } ? mode : null, Timeout = TimeoutOf(given) };
    }

    // In milliseconds; 0 is no limit of its own. A longer one than turns may have here is that.
    private static TimeSpan? TimeoutOf(GatewayParams given) => given.Number("timeoutMs", 0, 0, int.MaxValue) is > 0 and var milliseconds
        ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1_000, TurnLimits.Most.TotalMilliseconds))
        : null;

    /// <summary>A message with the pictures that are attached to it, and instructions for this answer.</summary>
    public static RunInput Of(GatewayParams given)
    {
        var (pictures, instructions) = (PictureReader.Attachments(given), given.OptionalText("extraSystemPrompt", MessageRules.MaxContentLength));
        var context = pictures.Count == 0 && string.IsNullOrWhiteSpace(instructions) ? null : new TurnContext { Pictures = pictures, Instructions = string.IsNullOrWhiteSpace(instructions) ? null : instructions };
        var text = pictures.Count == 0 ? given.Filled("message", MessageRules.MaxContentLength) : TextOf(given.OptionalText("message", MessageRules.MaxContentLength));
        var deliverTo = ReplyDelivery.OfRun(given);
        return new RunInput(text, context, ReplyAddress.Describe(deliverTo))
        {
            DeliverTo = deliverTo,
        };
    }

    /// <summary>The text of a message with pictures.</summary>
    public static string TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? PictureAlone : text;
}
