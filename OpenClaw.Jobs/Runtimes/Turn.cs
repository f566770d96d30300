using System.Text.Json.Serialization;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>One message to an agent.</summary>
/// <param name="Message">What it says.</param>
/// <param name="IdempotencyKey">The same on every attempt.</param>
/// <param name="Kind">Why the agent is asked.</param>
public sealed record Turn(string Message, string IdempotencyKey, TurnKind Kind)
{
    /// <summary>The conversation that it belongs to; null for the agent's own.</summary>
    public string? SessionKey { get; init; }

    /// <summary>What the agent is shown beside the message; null for nothing.</summary>
    public TurnContext? Context { get; init; }

    /// <summary>The agent's own schedule asks, and nobody else.</summary>
    public bool IsPrompt { get; init; }

    /// <summary>The model reads nothing of what was said before.</summary>
    public bool IsWithoutHistory { get; init; }

    /// <summary>What it is counted as in the ledger of spending.</summary>
    public SpendingKind Purpose => Kind is TurnKind.Heartbeat ? SpendingKind.Beat : IsPrompt ? SpendingKind.Prompt : SpendingKind.Message;

    /// <summary>An earlier attempt may have asked already.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>How long it may take as whoever sends the message says; null for as long as the agent's configuration says.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take, and show no life.</summary>
    public TurnLimits Limits { get; init; } = TurnLimits.Default;

    /// <summary>How long a model may say nothing before somebody else is asked; null when there is nobody else.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Takes each new part of the reply as it comes; null when nobody wants to see it grow. The whole reply is returned all the same.</summary>
    public IProgress<string>? Growing { get; init; }
}

/// <summary>Why an agent is asked.</summary>
public enum TurnKind
{
    /// <summary>Somebody wrote to it.</summary>
    Message,

    /// <summary>Its heart beats; <see cref="Heartbeats.HeartbeatReply"/> says how its answer is read.</summary>
    Heartbeat,
}

/// <summary>What the agent answered.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Usage">What it took; null where the runtime does not know.</param>
public sealed record TurnReply(string Text, TurnUsage? Usage = null)
{
    /// <summary>Why the agent was not asked: a budget. Null for an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }

    /// <summary>What the owner is asked about that budget; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BudgetBreak? Asks { get; init; }

    /// <summary>Which model has answered, <c>provider/name</c>; null where the runtime does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }
}

/// <summary>The tokens of a turn.</summary>
/// <param name="InputTokens">What the model read: persona, conversation, message.</param>
/// <param name="OutputTokens">What it wrote.</param>
public sealed record TurnUsage(long InputTokens, long OutputTokens)
{
    /// <summary>What of the input the provider had in its cache, and bills for less.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long CachedInputTokens { get; init; }
}
