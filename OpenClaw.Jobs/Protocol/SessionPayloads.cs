using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>sessions.list</c>.</summary>
public sealed record SessionList(
    long Ts, int Count, int TotalCount, int LimitApplied, bool HasMore, IReadOnlyList<string> Owners, ModelDefaults Defaults, IReadOnlyList<SessionRow> Sessions, int? NextOffset = null);

/// <summary>What a conversation has for which nothing is set: its agent's model.</summary>
public sealed record ModelDefaults(string ModelProvider, string Model, int? ContextTokens = null)
{
    public IReadOnlyList<ThinkingLevel> ThinkingLevels { get; } = ThinkingLevel.All;
}

/// <summary>How hard a model is made to think. Ours are asked as they are.</summary>
public sealed record ThinkingLevel(string Id, string Label)
{
    public static readonly IReadOnlyList<ThinkingLevel> All = [new("off", "off")];
}

/// <summary>A conversation with an agent.</summary>
/// <param name="Key">In full; for one that was asked for by a name of its agent, that name's.</param>
/// <param name="SessionId">The present transcript; null for a conversation that nobody has used.</param>
/// <param name="AgentId">Whose it is.</param>
/// <param name="Kind">direct.</param>
/// <param name="ChatType">direct.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Label">As a client named it.</param>
/// <param name="CreatedAt">Milliseconds since 1970.</param>
/// <param name="UpdatedAt">When it was last used.</param>
/// <param name="ModelProvider">The part of the model before the slash.</param>
/// <param name="Model">The part behind it.</param>
/// <param name="HasActiveRun">Whether the agent is at work in it.</param>
public sealed record SessionRow(
    string Key, string? SessionId, string AgentId, string Kind, string ChatType, string DisplayName, string? Label, long? CreatedAt, long? UpdatedAt,
    string ModelProvider, string Model, bool HasActiveRun)
{
    public bool IsMain { get; init; }

    /// <summary>running or done; null for one in which nothing was said.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<string>? ActiveRunIds { get; init; }

    /// <summary>user where the conversation has a model of its own.</summary>
    public string? ModelOverrideSource { get; init; }

    /// <summary>What the model reads at once.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>What it read for its last reply.</summary>
    public long? InputTokens { get; init; }

    /// <summary>What it wrote then.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Both: so much of the context is used.</summary>
    public long? TotalTokens { get; init; }

    public bool? TotalTokensFresh { get; init; }

    public bool? Archived { get; init; }

    public long? ArchivedAt { get; init; }

    public bool? Pinned { get; init; }

    public bool? Unread { get; init; }

    public string? ParentSessionKey { get; init; }

    /// <summary>What was said first, where it was asked for.</summary>
    public string? DerivedTitle { get; init; }

    /// <summary>What was said last, where it was asked for.</summary>
    public string? LastMessagePreview { get; init; }

    public IReadOnlyList<ThinkingLevel> ThinkingLevels { get; init; } = ThinkingLevel.All;

    /// <summary>What clients set: verboseLevel, responseUsage, …</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Settings { get; set; }
}

public sealed record SessionDescription(SessionRow? Session);

/// <summary>The answer to <c>sessions.resolve</c>; without a key where none was found and that is no error.</summary>
public sealed record SessionResolved(bool Ok, string? Key = null, string? AgentId = null);

public sealed record Subscribed([property: JsonPropertyName("subscribed")] bool IsSubscribed, string? Key = null);

/// <summary>The answer to <c>sessions.reset</c> and <c>sessions.patch</c>.</summary>
public sealed record SessionChanged(bool Ok, string Key, SessionRow? Entry = null, SessionModel? Resolved = null);

/// <summary>What the settings of a conversation come to.</summary>
public sealed record SessionModel(string ModelProvider, string Model, string ThinkingLevel, IReadOnlyList<ThinkingLevel> ThinkingLevels);

/// <summary>The event <c>sessions.changed</c>.</summary>
/// <param name="Ok">true, as in the answer to who changed it.</param>
/// <param name="Key">The conversation, and so is <paramref name="SessionKey"/>.</param>
/// <param name="Entry">Null for one that is gone, and so is <paramref name="Session"/>.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="AgentId">Whose it is.</param>
/// <param name="Reason">create, new, reset, patch or delete.</param>
/// <param name="Ts">Milliseconds since 1970.</param>
/// <param name="SessionId">Its present transcript.</param>
/// <param name="UpdatedAt">When it was last used.</param>
/// <param name="Session">The same row.</param>
public sealed record SessionsChangedEvent(
    bool Ok, string Key, SessionRow? Entry, string SessionKey, string AgentId, string Reason, long Ts, string? SessionId, long? UpdatedAt, SessionRow? Session);

/// <summary>The answer to <c>sessions.create</c>.</summary>
public sealed record SessionCreated(bool Ok, string Key, string SessionId, SessionRow Entry, bool RunStarted, string? RunId = null);

/// <summary>The answer to <c>sessions.delete</c>.</summary>
/// <param name="Ok">true.</param>
/// <param name="Key">The conversation.</param>
/// <param name="Deleted">Whether there was one.</param>
/// <param name="Archived">Files to which its transcript went: none, what was said stays with the agent.</param>
public sealed record SessionDeleted(bool Ok, string Key, bool Deleted, IReadOnlyList<string> Archived);

/// <summary>The answer to <c>sessions.compact</c>.</summary>
public sealed record SessionCompacted(bool Ok, string Key, bool Compacted, string? Reason = null);

/// <summary>The answer to <c>sessions.get</c>: what was said last, oldest first.</summary>
public sealed record SessionMessages(IReadOnlyList<ChatMessage> Messages);

/// <summary>The answer to <c>chat.message.get</c>.</summary>
public sealed record SessionMessageFound(bool Ok, ChatMessage? Message = null, string? UnavailableReason = null);

/// <summary>The answer to <c>sessions.preview</c>.</summary>
public sealed record SessionPreviews(long Ts, IReadOnlyList<SessionPreview> Previews);

/// <param name="Key">As it was asked for.</param>
/// <param name="Status">ok, empty or missing.</param>
/// <param name="Items">What was said last, oldest first.</param>
public sealed record SessionPreview(string Key, string Status, IReadOnlyList<SessionPreviewItem> Items);

public sealed record SessionPreviewItem(string Role, string Text);

/// <summary>The answer to <c>sessions.usage</c>.</summary>
/// <param name="UpdatedAt">Milliseconds since 1970.</param>
/// <param name="StartDate">The first day, in UTC.</param>
/// <param name="EndDate">The last day.</param>
/// <param name="Sessions">Those that are listed.</param>
/// <param name="Totals">Of those that are listed.</param>
public sealed record SessionsUsage(long UpdatedAt, string StartDate, string EndDate, IReadOnlyList<SessionUsageRow> Sessions, SessionTokens Totals);

public sealed record SessionUsageRow(
    string Key, string? Label, string SessionId, string AgentId, long UpdatedAt, string ModelProvider, string Model, SessionTokens Usage);

/// <summary>Tokens. What they cost is not known here; members that the protocol has for that are 0.</summary>
public sealed record SessionTokens(long Input, long Output, long TotalTokens, long Replies)
{
    public long CacheRead { get; }

    public long CacheWrite { get; }

    public double TotalCost { get; }

    public long MissingCostEntries => Replies;
}

/// <summary>The event <c>session.message</c>.</summary>
public sealed record SessionMessage(string SessionKey, string AgentId, ChatMessage Message, string? MessageId = null, long? MessageSeq = null, string? RunId = null)
{
    public static SessionMessage Of(string sessionKey, string agentId, ChatMessage message, string run) =>
        new(sessionKey, agentId, message, message.Mark?.Id, message.Mark?.Seq, run);
}
