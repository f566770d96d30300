using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>How an agent is asked at its beats, where that is otherwise than at a message, as its configuration says.</summary>
public static class BeatSettings
{
    /// <summary>In an agent's configuration: the model that beats are asked of, <c>provider/name</c>; its own when it is left out.</summary>
    public const string ModelSetting = "heartbeat_model";

    /// <summary>In an agent's configuration: <c>none</c> leaves the conversation out of what a beat's model reads.</summary>
    public const string ContextSetting = "heartbeat_context";

    private const string NoContext = "none";

    /// <summary>Null for the agent's own.</summary>
    public static string? ModelOf(JsonElement configuration) => ForeignJson.Member(configuration, ModelSetting) is { ValueKind: JsonValueKind.String } model && ForeignJson.TryText(model, out var name) ? name : null;

    public static bool IsWithoutHistory(JsonElement configuration) => ForeignJson.Member(configuration, ContextSetting) is { } context && ForeignJson.Is(context, NoContext);

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    /// <param name="configuration">A JSON object.</param>
    /// <param name="isModel">Whether a text has the form of a model.</param>
    public static string? WhyNot(JsonElement configuration, Func<string, bool> isModel) =>
        ForeignJson.Member(configuration, ModelSetting) is not null && (ModelOf(configuration) is not { } model || !isModel(model))
            ? $"configuration.{ModelSetting} must be a model such as openai/gpt-5-mini. Leave it out for the agent's own."
        : ForeignJson.Member(configuration, ContextSetting) is { } context && !ForeignJson.Is(context, NoContext) && !ForeignJson.Is(context, "full")
            ? $"configuration.{ContextSetting} must be full, or none for beats that are asked without the conversation. Leave it out for full."
        : null;
}
