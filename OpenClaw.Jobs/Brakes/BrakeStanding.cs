using OpenClaw.Data.Brakes;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Brakes;

/// <summary>A brake that is on, or is being released.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Owner">Whose agents; null for everybody's.</param>
/// <param name="AgentId">Null for all agents of the owner.</param>
/// <param name="AgentName">For people.</param>
/// <param name="Mode">What it does.</param>
/// <param name="Reason">Why; null when nobody said.</param>
/// <param name="SetBy">Who set it.</param>
/// <param name="SetAt">When.</param>
/// <param name="ReleasedAt">Since when turns begin again; null while it is on.</param>
/// <param name="ReleasedBy">Who released it.</param>
public sealed record BrakeStanding(
    Guid Id, string? Owner, Guid? AgentId, string? AgentName, BrakeMode Mode, string? Reason, string SetBy, DateTimeOffset SetAt, DateTimeOffset? ReleasedAt, string? ReleasedBy)
{
    // So a reason of a message that waits is told from any other.
    private const string Mark = "The brake is on for ";

    public bool IsOn => ReleasedAt is null;

    /// <summary>Of which agents it is, for people.</summary>
    public string Whose => AgentId is { } agent ? AgentName ?? agent.ToString() : Owner is { } owner ? $"all agents of {owner}" : "all agents there are";

    /// <summary>What whoever writes to one of its agents is told.</summary>
    public string WhyWaiting => $"{Mark}{Whose}{Because}: what comes is kept, in order, and is begun when the brake is released.";

    /// <summary>What is told of a turn that was under way.</summary>
    public string WhyAborted => $"{Mark}{Whose}{Because}: the turn that was under way is aborted. What was said by then is kept; to have it answered anew, resume its workflow.";

    /// <summary>Why a beat is skipped, or is not begun.</summary>
    public string WhySkipped => $"{Mark}{Whose}{Because}: no beat begins until it is released.";

    /// <summary>Whether it is why a message waits.</summary>
    public static bool IsWhy(string? reason) => reason?.StartsWith(Mark, StringComparison.Ordinal) is true;

    public bool IsOver(string owner, Guid agent) => AgentId is { } one ? one == agent : Owner is null || Owner == owner;

    internal static string ScopeOf(string? owner, Guid? agent) => agent is { } one ? $"agent:{one}" : owner is null ? "everything" : $"owner:{owner}";

    internal static BrakeStanding Of(Brake brake, string? agentName) => new(
        brake.Id, brake.Owner, brake.AgentId, agentName, brake.Mode, brake.Reason, brake.SetBy, brake.SetAt, brake.ReleasedAt, brake.ReleasedBy);

    private string Because => Reason is null ? "" : $" ({ForeignText.Quote(Reason)})";
}
