using System.Text.Json;

namespace OpenClaw.Jobs.Protocol;

/// <summary>The first answer to <c>agent</c>, and the only one while the same run is under way already.</summary>
public sealed record RunAccepted(string RunId, string SessionKey, string AgentId, string Status, long? AcceptedAt = null);

/// <summary>The last answer to <c>agent</c>.</summary>
public sealed record RunEnded(string RunId, string Status, string Summary, RunResult? Result = null, string? StopReason = null);

public sealed record RunResult(IReadOnlyList<RunText?>? Payloads, RunMeta? Meta);

public sealed record RunText(string? Text);

public sealed record RunMeta(long DurationMs, RunAgentMeta? AgentMeta = null);

public sealed record RunAgentMeta(RunUsage? Usage);

public sealed record RunUsage(long Input, long Output, long Total);

/// <summary>The answer to <c>agent.wait</c>.</summary>
public sealed record RunWaited(string RunId, string Status, long? StartedAt = null, long? EndedAt = null, string? StopReason = null, string? Error = null);

/// <summary>The answer to <c>chat.send</c>; what the agent says comes as events.</summary>
public sealed record ChatStarted(string RunId, string Status);

public sealed record ChatAborted(bool Ok, bool Aborted, IReadOnlyList<string> RunIds);

/// <summary>The event <c>agent</c>: a run's course.</summary>
/// <param name="RunId">The run: the request's idempotency key.</param>
/// <param name="Seq">Counts within the run.</param>
/// <param name="Stream">lifecycle or assistant.</param>
/// <param name="Ts">Milliseconds since 1970.</param>
/// <param name="Data">By stream.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="AgentId">Whose run it is.</param>
public sealed record AgentEvent(string RunId, int Seq, string Stream, long Ts, JsonElement Data, string SessionKey, string AgentId);

public sealed record LifecycleData(string Phase, long? StartedAt = null, long? EndedAt = null, bool? Aborted = null, string? StopReason = null, string? Error = null, string? Status = null);

/// <param name="Text">All so far.</param>
/// <param name="Delta">What is new.</param>
public sealed record AssistantData(string Text, string Delta);

/// <summary>The event <c>chat</c>: the same for those who show conversations.</summary>
public sealed record ChatEvent(
    string RunId, string SessionKey, string AgentId, int Seq, string State, string? DeltaText = null, ChatMessage? Message = null, string? StopReason = null, string? ErrorMessage = null, bool? Replace = null);

/// <param name="Role">user or assistant.</param>
/// <param name="Content">What it says.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Mark">Our id and place in the conversation.</param>
/// <param name="IdempotencyKey">Of what was asked: the run's id and <c>:user</c>.</param>
/// <param name="OpenclawAbort">Of what was said by a run that was cancelled; else absent.</param>
public sealed record ChatMessage(
    string Role, IReadOnlyList<TextPart> Content, long Timestamp, [property: System.Text.Json.Serialization.JsonPropertyName("__openclaw")] MessageMark? Mark = null, string? IdempotencyKey = null, AbortMark? OpenclawAbort = null);

public sealed record TextPart(string Text)
{
    public string Type { get; } = "text";
}

/// <param name="RunId">The run.</param>
/// <param name="Origin">Who has ended it: <c>rpc</c>, a client.</param>
public sealed record AbortMark(string RunId, string Origin)
{
    public bool Aborted { get; } = true;
}

/// <param name="Id">Ours.</param>
/// <param name="Seq">Its place.</param>
/// <param name="RunId">The run that it belongs to; null where that is not known.</param>
public sealed record MessageMark(string Id, long Seq, string? RunId = null);

/// <summary>The answer to <c>chat.history</c>.</summary>
public sealed record ChatHistory(string SessionKey, string? SessionId, IReadOnlyList<ChatMessage> Messages, bool HasMore, long TotalMessages)
{
    /// <summary>The conversation, also one that nobody has used: its key is the one that events carry.</summary>
    public SessionRow? SessionInfo { get; init; }

    public ModelDefaults? Defaults { get; init; }

    /// <summary>What the agent is at work on; null for nothing.</summary>
    public RunInFlight? InFlightRun { get; init; }

    /// <summary>Where the next page begins; null after the last one.</summary>
    public int? NextOffset { get; init; }

    public string? ThinkingLevel { get; init; }

    public string? VerboseLevel { get; init; }
}

/// <summary>A run that is under way.</summary>
/// <param name="RunId">Which.</param>
/// <param name="Text">What it has said so far, as far as this node knows.</param>
/// <param name="StartedAt">Milliseconds since 1970.</param>
public sealed record RunInFlight(string RunId, string Text, long StartedAt);

/// <summary>The answer to <c>chat.history</c> with a cursor: none is given out here, so the conversation is to be read anew.</summary>
public sealed record ChatHistoryReset(string Kind);
