using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Messages;

/// <summary>A message as a sender hands it in. Nothing in it is checked yet.</summary>
/// <param name="Id">The sender's own id; null for a new one.</param>
/// <param name="From">Who writes.</param>
/// <param name="Content">The text.</param>
/// <param name="Metadata">A JSON object that travels along.</param>
/// <param name="SessionKey">The conversation that it belongs to; null for the agent's own.</param>
/// <param name="TimeToLive">How long it is worth delivering; null for <see cref="DefaultTimeToLive"/>.</param>
public sealed record NewMessage(string? Id, string? From, string? Content, JsonElement? Metadata, string? SessionKey = null, TimeSpan? TimeToLive = null)
{
    public static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromDays(7);

    /// <summary>What the agent is shown beside the text; null for nothing. Only of messages to agents.</summary>
    public TurnContext? Context { get; init; }

    /// <summary>How long its turn may take; null for as long as the agent's turns may.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What becomes of it when the agent has a turn under way; null for what its conversation or the agent says.</summary>
    public string? QueueMode { get; init; }

    /// <summary>The row of a checked message.</summary>
    /// <param name="owner">Whose the recipient is.</param>
    /// <param name="recipient">Its address.</param>
    /// <param name="agent">The agent at one of the ends; null where there is none.</param>
    /// <param name="parked">Why it cannot be delivered now; null when it can.</param>
    /// <param name="now">When it is accepted.</param>
    public Message ToMessage(string owner, string recipient, Agent? agent, string? parked, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        MessageId = Id ?? Guid.CreateVersion7().ToString(),
        Owner = owner,
        Sender = From!,
        Recipient = recipient,
        AgentId = agent?.Id,
        SessionKey = SessionKey ?? agent?.OpenclawSessionKey,
        Content = Content!,
        Metadata = Context is { } context ? MessageContexts.Describe(Metadata, context) : Metadata?.GetRawText() ?? "{}",
        State = parked is null ? MessageState.Accepted : MessageState.Parked,
        StateReason = parked,
        TurnTimeout = Timeout,
        CreatedAt = now,
        ExpiresAt = now + (TimeToLive ?? DefaultTimeToLive),
    };
}

/// <summary>Tells a message that is sent again from another one under the same id.</summary>
public static class MessageRepetition
{
    /// <summary>Whether a message to the agent, whose sender and id are those of <paramref name="first"/>, is that message.</summary>
    public static bool Repeats(this NewMessage again, Message first, Agent agent) =>
        again.ToMessage(agent.UserId, MessageRouter.AddressOf(agent), agent, parked: null, first.CreatedAt).Repeats(first);

    /// <summary>Whether <paramref name="again"/>, which has the sender and the id of <paramref name="first"/>, is that message.</summary>
    public static bool Repeats(this Message again, Message first) =>
        (again.Owner, again.Recipient, again.SessionKey, again.Content) == (first.Owner, first.Recipient, first.SessionKey, first.Content)
        && again.TurnTimeout == first.TurnTimeout
        && MessageContexts.HashOf(again.Metadata) == MessageContexts.HashOf(first.Metadata);

    /// <summary>The first message, if this one is a repetition of it.</summary>
    public static Decision<Message> OrReused(this Message again, Message first) =>
        first.Id == again.Id || again.Repeats(first) ? first : new Refusal.IdReused(again.MessageId);
}

/// <summary>A message that is stored and will be delivered, or waits for its recipient.</summary>
/// <param name="AgentId">The recipient.</param>
/// <param name="MessageId">Our id of the message.</param>
/// <param name="WorkflowUuid">The delivery; null while the message is parked.</param>
/// <param name="WasKnown">It was accepted earlier: the same sender sent the same id.</param>
public sealed record AcceptedMessage(Guid AgentId, Guid MessageId, Guid? WorkflowUuid, bool WasKnown = false)
{
    /// <summary>The sentence that says that it waits for a brake; null when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Braked { get; init; }
}
