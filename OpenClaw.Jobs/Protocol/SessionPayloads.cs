namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>sessions.list</c>.</summary>
public sealed record SessionList(
    long Ts, int Count, int TotalCount, int LimitApplied, bool HasMore, IReadOnlyList<string> Owners, ModelDefaults Defaults, IReadOnlyList<SessionRow> Sessions);

public sealed record ModelDefaults(string ModelProvider, string Model);

/// <summary>A conversation with an agent.</summary>
public sealed record SessionRow(
    string Key, string SessionId, string AgentId, string Kind, string ChatType, string DisplayName, string? Label, long CreatedAt, long UpdatedAt, string Model, bool HasActiveRun);

public sealed record SessionDescription(SessionRow? Session);

public sealed record SessionResolved(bool Ok, string Key, string AgentId);

public sealed record Subscribed([property: System.Text.Json.Serialization.JsonPropertyName("subscribed")] bool IsSubscribed, string? Key = null);

public sealed record SessionChanged(bool Ok, string Key, SessionRow? Entry = null);

/// <summary>The answer to <c>sessions.create</c>.</summary>
public sealed record SessionCreated(bool Ok, string Key, string SessionId, SessionRow Entry, bool RunStarted, string? RunId = null);

/// <summary>The answer to <c>sessions.delete</c>.</summary>
public sealed record SessionDeleted(bool Ok, string Key, bool Deleted);

/// <summary>The event <c>session.message</c>.</summary>
public sealed record SessionMessage(string SessionKey, string AgentId, ChatMessage Message);
