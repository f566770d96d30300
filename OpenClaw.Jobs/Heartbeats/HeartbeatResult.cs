using System.Text.Json.Serialization;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>What came of one beat.</summary>
/// <param name="Status">Ok, alert, failed, quiet, or skipped.</param>
/// <param name="Checklist">One result an item, in order.</param>
/// <param name="Reason">Why it is no success; of a success, what the agent said beside it. Null for nothing.</param>
public sealed record HeartbeatResult(HeartbeatStatus Status, IReadOnlyList<ChecklistResult> Checklist, string? Reason)
{
    /// <summary>What the turn took; null where the runtime does not know.</summary>
    public TurnUsage? Usage { get; init; }

    /// <summary>What the agent's gates were seen as; null where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GatesSeen? Gates { get; init; }

    /// <summary>The agent was not asked because of a budget, as the reason says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRefused { get; init; }

    /// <summary>What the owner is asked about that budget; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BudgetBreak? Asks { get; init; }
}

/// <summary>What came of one item of the checklist.</summary>
/// <param name="Item">The item, as it stood.</param>
/// <param name="Status"><c>ok</c>, <c>attention</c>, or <c>unknown</c> when the agent did not say.</param>
/// <param name="Note">What it said.</param>
public sealed record ChecklistResult(string Item, string Status, string? Note)
{
    public const string Ok = "ok";
    public const string Attention = "attention";
    public const string Unknown = "unknown";
}
