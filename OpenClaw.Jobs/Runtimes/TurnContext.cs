using System.Text;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>What an agent is shown, or held to, for one turn beside its message.</summary>
public sealed record TurnContext
{
    /// <summary>Follows the agent's persona; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>The conversation before the message, oldest first, instead of the one that is kept here; empty for that one.</summary>
    public IReadOnlyList<EarlierMessage> Earlier { get; init; } = [];

    /// <summary>Pictures of the message itself.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>What the agent runs on for this turn, <c>provider/name</c>; null for the conversation's or its own model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The agents whose turns led to the message; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? AskedBy { get; init; }

    /// <summary>How the reply is to be made; null for the agent's own way.</summary>
    public ReplyOptions? Reply { get; init; }

    /// <summary>All pictures, those of earlier messages too.</summary>
    public IEnumerable<Picture> AllPictures() => Earlier.SelectMany(message => message.Pictures).Concat(Pictures);

    /// <summary>What the runtime of the model could not do with it, as a sentence that says what to do; null when it can take it.</summary>
    public string? WhyNotFor(IAgentRuntime runtime, string model) => this switch
    {
        _ when AllPictures().Any() && !runtime.Takes.HasFlag(TurnExtras.Pictures) =>
            $"The agent runs on {model}, which sees no pictures. Send the message without them, or give the agent a model that sees, such as openai/gpt-4o.",
        { Reply: { Temperature: not null } or { TopP: not null } } when !runtime.Takes.HasFlag(TurnExtras.Sampling) =>
            $"The agent runs on {model}, which is given no temperature and no top_p here. Leave them out.",
        { Reply: { MaxTokens: not null } or { Stop.Count: > 0 } } when !runtime.Takes.HasFlag(TurnExtras.Limits) =>
            $"The agent runs on {model}, whose replies cannot be cut by max_tokens or stop. Leave them out.",
        _ => null,
    };

    /// <summary>The message with all text that goes before it, for a runtime that takes one text.</summary>
    public string Flatten(string message)
    {
        if (Instructions is null && Earlier.Count == 0)
        {
            return message;
        }

        var text = new StringBuilder();
        if (Instructions is not null)
        {
            text.Append("Instructions for this answer:\n").Append(Instructions).Append("\n\n");
        }

        if (Earlier.Count > 0)
        {
            text.Append("The conversation so far:\n");
            foreach (var earlier in Earlier)
            {
                text.Append(earlier.FromAgent ? "Assistant: " : "User: ").Append(earlier.Text).Append('\n');
            }

            text.Append("\nThe message to answer:\n");
        }

        return text.Append(message).ToString();
    }
}

/// <summary>What was said before, as whoever sends the message remembers it.</summary>
/// <param name="FromAgent">False for what the agent was told.</param>
/// <param name="Text">What was said.</param>
public sealed record EarlierMessage(bool FromAgent, string Text)
{
    public IReadOnlyList<Picture> Pictures { get; init; } = [];
}

/// <summary>A picture, in the message itself.</summary>
/// <param name="MediaType"><c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c> or <c>image/webp</c>.</param>
/// <param name="Data">Base64.</param>
public sealed record Picture(string MediaType, string Data);

/// <summary>How a reply is to be made; null leaves it to the agent.</summary>
/// <param name="MaxTokens">How long it may be.</param>
/// <param name="Temperature">0 to 2.</param>
/// <param name="TopP">0 to 1.</param>
/// <param name="Stop">It ends before any of these texts.</param>
public sealed record ReplyOptions(int? MaxTokens, float? Temperature, float? TopP, IReadOnlyList<string> Stop);

/// <summary>What of a <see cref="TurnContext"/> a runtime acts on. What it does not is refused where the message is accepted.</summary>
[Flags]
public enum TurnExtras
{
    None = 0,

    /// <summary>Instructions and earlier messages as such; without it they are part of the text.</summary>
    Conversation = 1,

    Pictures = 2,

    /// <summary>The greatest length of a reply, and texts at which it ends.</summary>
    Limits = 4,

    /// <summary>Temperature and top_p.</summary>
    Sampling = 8,
}
