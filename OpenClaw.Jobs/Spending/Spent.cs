using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Spending;

/// <summary>What a model was asked, and what it took.</summary>
/// <param name="TurnKey">Names the turn; the same on every attempt.</param>
/// <param name="Model"><c>provider/name</c>.</param>
/// <param name="Kind">What for.</param>
/// <param name="Usage">As the provider counts.</param>
public sealed record Spent(string TurnKey, string Model, SpendingKind Kind, TurnUsage Usage)
{
    public Guid? AgentId { get; init; }

    /// <summary>Who pays where no agent has asked; an agent's own owner is known.</summary>
    public string? Owner { get; init; }

    /// <summary>The provider has answered the turn once more, and bills that: it counts beside what the turn has cost before or will.</summary>
    public bool IsBesides { get; init; }
}
