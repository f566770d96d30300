using System.Text.Json;

namespace OpenClaw.Jobs.Protocol;

public sealed record Tick(long Ts);

public sealed record ShutdownNotice(string Reason, int? RestartExpectedMs = null);

public sealed record PresenceChange(IReadOnlyList<PresenceEntry> Presence);

/// <summary>The answer to <c>health</c>, and its event.</summary>
public sealed record HealthPayload(
    bool Ok, long Ts, long DurationMs, JsonElement Channels, IReadOnlyList<string> ChannelOrder, JsonElement ChannelLabels,
    int HeartbeatSeconds, string DefaultAgentId, IReadOnlyList<AgentHealth> Agents, SessionCount Sessions, IReadOnlyList<CheckHealth> Checks);

/// <param name="AgentId">As clients name it.</param>
/// <param name="Name">For people.</param>
/// <param name="IsDefault">Who is asked when nobody is named.</param>
/// <param name="Heartbeat">How its heart beats.</param>
/// <param name="Sessions">Its conversations.</param>
public sealed record AgentHealth(string AgentId, string Name, bool IsDefault, HeartbeatSettings Heartbeat, SessionCount Sessions);

/// <param name="Enabled">Whether it beats.</param>
/// <param name="Every">Between two beats, for people.</param>
/// <param name="EveryMs">The same in milliseconds.</param>
/// <param name="Prompt">What the agent is asked.</param>
/// <param name="Target">Who is told of what it finds.</param>
/// <param name="AckMaxChars">Beside an acknowledgement so many characters are a note.</param>
public sealed record HeartbeatSettings(bool Enabled, string Every, long EveryMs, string Prompt, string Target, int AckMaxChars);

/// <param name="Path">Where they are kept, for people.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Recent">The last ones used first.</param>
public sealed record SessionCount(string Path, int Count, IReadOnlyList<RecentSession> Recent);

/// <param name="Key">The conversation.</param>
/// <param name="UpdatedAt">When it was used last, in milliseconds since 1970.</param>
/// <param name="Age">How long ago that is, in milliseconds.</param>
public sealed record RecentSession(string Key, long UpdatedAt, long Age);

/// <summary>One of our own checks; an addition to the protocol.</summary>
public sealed record CheckHealth(string Name, string Status, string? Message);

/// <summary>The answer to <c>status</c>.</summary>
/// <param name="RuntimeVersion">Of this build.</param>
/// <param name="Heartbeat">Of each agent.</param>
/// <param name="ChannelSummary">Lines about channels; empty here.</param>
/// <param name="QueuedSystemEvents">What waits for a beat; nothing does here.</param>
/// <param name="Tasks">Workflows.</param>
/// <param name="TaskAudit">What is wrong with tasks; here failures are among <paramref name="Tasks"/>.</param>
/// <param name="Sessions">Conversations.</param>
/// <param name="CliProjection">What the command line shows of the configuration; only when it is asked for.</param>
public sealed record StatusPayload(
    string RuntimeVersion, HeartbeatSchedules Heartbeat, IReadOnlyList<string> ChannelSummary, IReadOnlyList<string> QueuedSystemEvents,
    TaskCounts Tasks, TaskAudit TaskAudit, StatusSessions Sessions, CliProjection? CliProjection = null);

/// <param name="Paths">Where conversations are kept, for people.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Defaults">What a new one runs on.</param>
/// <param name="Recent">The last ones used first.</param>
/// <param name="ByAgent">The same of each agent.</param>
public sealed record StatusSessions(
    IReadOnlyList<string> Paths, int Count, StatusModel Defaults, IReadOnlyList<StatusSession> Recent, IReadOnlyList<AgentSessionCount> ByAgent);

/// <param name="Model">The default agent's.</param>
/// <param name="ContextTokens">Its window; absent where it is not known.</param>
public sealed record StatusModel(string Model, int? ContextTokens);

public sealed record AgentSessionCount(string AgentId, string Path, int Count, IReadOnlyList<StatusSession> Recent);

public sealed record StatusSession(
    string AgentId, string Key, string Kind, long UpdatedAt, long Age, string? Model, int? ContextTokens, bool TotalTokensFresh, IReadOnlyList<string> Flags);

public sealed record CliProjection(CliAgents Agents);

public sealed record CliAgents(string DefaultId, string Ownership, bool SelectionRequired, IReadOnlyList<CliAgent> Rows);

public sealed record CliAgent(string Id, string Name);

public sealed record HeartbeatSchedules(string DefaultAgentId, IReadOnlyList<AgentHeartbeatStatus> Agents);

public sealed record AgentHeartbeatStatus(string AgentId, bool Enabled, string Every, long EveryMs);

/// <summary>Workflows, in the protocol's words.</summary>
/// <param name="Total">Under way, and ended within the day.</param>
/// <param name="Active">Under way.</param>
/// <param name="Terminal">Ended within the day.</param>
/// <param name="Failures">Of these, without success.</param>
/// <param name="ByStatus">The same by how they stand.</param>
/// <param name="ByRuntime">By what began them: all of ours are this service's own.</param>
public sealed record TaskCounts(
    long Total, long Active, long Terminal, long Failures, IReadOnlyDictionary<string, long> ByStatus, IReadOnlyDictionary<string, long> ByRuntime);

public sealed record TaskAudit(long Total, long Warnings, long Errors, IReadOnlyDictionary<string, long> ByCode);

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
