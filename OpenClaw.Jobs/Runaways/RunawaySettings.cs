using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runaways;

/// <summary>When an agent goes round in circles, and what is done then, as its configuration says.</summary>
public static class RunawaySettings
{
    /// <summary>In an agent's configuration: how often the same must come in a conversation.</summary>
    public const string AfterSetting = "loop_after";

    /// <summary>In an agent's configuration: <c>tell</c>, or <c>pause</c> as well.</summary>
    public const string ThenSetting = "loop_then";

    public const int DefaultAfter = 5;
    public const int Least = 3;
    public const int Most = 50;

    private const string Tell = "tell";
    private const string Pause = "pause";

    public static int AfterOf(JsonElement configuration) => Read(configuration) ?? DefaultAfter;

    public static bool Pauses(JsonElement configuration) => ForeignJson.Member(configuration, ThenSetting) is { } then && ForeignJson.Is(then, Pause);

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    public static string? WhyNot(JsonElement configuration) =>
        ForeignJson.Member(configuration, AfterSetting) is not null && Read(configuration) is null
            ? $"configuration.{AfterSetting} must be a whole number from {Least} to {Most}. Leave it out for {DefaultAfter}."
        : ForeignJson.Member(configuration, ThenSetting) is { } then && !ForeignJson.Is(then, Tell) && !ForeignJson.Is(then, Pause)
            ? $"configuration.{ThenSetting} must be {Tell}, or {Pause} to have the agent paused too. Leave it out for {Tell}."
        : null;

    private static int? Read(JsonElement configuration) =>
        ForeignJson.WholeNumber(configuration, AfterSetting) is { } after and >= Least and <= Most ? after : null;
}
