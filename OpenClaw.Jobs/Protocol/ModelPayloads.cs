namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>models.list</c>.</summary>
public sealed record ModelList(IReadOnlyList<ModelChoice> Models, IReadOnlyList<ProviderOutcome> ProviderOutcomes);

/// <param name="Id">At its provider.</param>
/// <param name="Name">For people.</param>
/// <param name="Provider">With a slash and <paramref name="Id"/> the model of an agent.</param>
/// <param name="Available">False when the provider could not be asked, or does not take our key.</param>
/// <param name="UnavailableReason"><c>auth-failed</c>; absent otherwise.</param>
/// <param name="ContextWindow">Tokens that it reads at once; absent where that is not known.</param>
/// <param name="Input">What it is shown.</param>
/// <param name="Tags"><c>default</c> of the default agent's; else absent.</param>
public sealed record ModelChoice(
    string Id, string Name, string Provider, bool Available, string? UnavailableReason, int? ContextWindow, IReadOnlyList<string> Input, IReadOnlyList<string>? Tags)
{
    /// <summary>Whether it is told how hard to think: none is.</summary>
    public bool Reasoning { get; }

    public IReadOnlyList<ThinkingLevel> ThinkingLevels { get; } = [new("off", "off")];

    public string ThinkingDefault { get; } = "off";
}

/// <param name="Provider">A runtime.</param>
/// <param name="Status"><c>ready</c>, <c>auth-rejected</c> or <c>unavailable</c>.</param>
public sealed record ProviderOutcome(string Provider, string Status);
