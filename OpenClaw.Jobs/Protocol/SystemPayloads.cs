using System.Text.Json;

namespace OpenClaw.Jobs.Protocol;

public sealed record Tick(long Ts);

public sealed record ShutdownNotice(string Reason, int? RestartExpectedMs = null);

public sealed record PresenceChange(IReadOnlyList<PresenceEntry> Presence);

/// <summary>The answer to <c>health</c>, and its event.</summary>
public sealed record HealthPayload(
    bool Ok, long Ts, long DurationMs, JsonElement Channels, IReadOnlyList<string> ChannelOrder, JsonElement ChannelLabels,
    int HeartbeatSeconds, string DefaultAgentId, IReadOnlyList<AgentHealth> Agents, SessionCount Sessions, IReadOnlyList<CheckHealth> Checks);

public sealed record AgentHealth(string AgentId, bool IsDefault, HeartbeatSettings Heartbeat);

public sealed record HeartbeatSettings(bool Enabled, string Every, long EveryMs);

public sealed record SessionCount(int Count, IReadOnlyList<RecentSession> Recent);

public sealed record RecentSession(string Key, long UpdatedAt, long Age);

/// <summary>One of our own checks; an addition to the protocol.</summary>
public sealed record CheckHealth(string Name, string Status, string? Message);

/// <summary>The answer to <c>status</c>.</summary>
public sealed record StatusPayload(
    string RuntimeVersion, HeartbeatSchedules Heartbeat, IReadOnlyList<string> ChannelSummary, IReadOnlyList<string> QueuedSystemEvents, TaskCounts Tasks, SessionCount Sessions);

public sealed record HeartbeatSchedules(string DefaultAgentId, IReadOnlyList<AgentHeartbeatStatus> Agents);

public sealed record AgentHeartbeatStatus(string AgentId, bool Enabled, string Every, long EveryMs);

/// <summary>Workflows, in the protocol's words.</summary>
public sealed record TaskCounts(long Total, long Active, long Terminal, long Failures);

/// <summary>The answer to <c>channels.status</c>.</summary>
public sealed record ChannelsPayload(
    long Ts, IReadOnlyList<string> ChannelOrder, JsonElement ChannelLabels, JsonElement Channels, JsonElement ChannelAccounts, JsonElement ChannelDefaultAccountId);

/// <summary>The last beat of any agent: the answer to <c>last-heartbeat</c>, and the event <c>heartbeat</c>.</summary>
public sealed record HeartbeatPayload(long Ts, string Status, string AgentId, string? Preview, long? DurationMs, string IndicatorType);

public sealed record Acknowledgement(bool Ok);

/// <summary>The event <c>message</c>: one of the client's inbox, to be acknowledged with <c>messages.ack</c>. An addition to the protocol.</summary>
public sealed record InboxMessage(
    string Id, string MessageId, long Sequence, string From, string To, string Content, JsonElement Metadata, long CreatedAt, int Attempt);

/// <summary>The answer to <c>messages.ack</c>: how many were waiting.</summary>
public sealed record MessagesAcknowledged(bool Ok, int Acknowledged);

/// <summary>The answer to <c>send</c>.</summary>
public sealed record MessageAccepted(bool Ok, string MessageId, string To, string State, string? Reason);
