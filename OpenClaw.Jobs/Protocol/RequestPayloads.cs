using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Protocol;

/// <summary>Asks an agent: the parameters of <c>agent</c>.</summary>
/// <param name="Message">What it is told.</param>
/// <param name="IdempotencyKey">Becomes the run id.</param>
/// <param name="AgentId">Whom.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="Deliver">Whether the gateway sends the reply to a channel of its own.</param>
/// <param name="Timeout">Seconds.</param>
/// <param name="Model">Absent: the agent's own.</param>
/// <param name="ExtraSystemPrompt">Beside the gateway's.</param>
public sealed record AgentParams(
    string Message, string IdempotencyKey, string AgentId, string SessionKey, bool Deliver, int Timeout, string? Model, string? ExtraSystemPrompt);

public sealed record AgentWaitParams(string RunId, int TimeoutMs);

public sealed record AgentCreateParams(string Name);

public sealed record AgentDeleteParams(string AgentId, bool DeleteFiles);

public sealed record ChatAbortParams(string SessionKey, string RunId);

public sealed record ChatHistoryParams(string SessionKey, int Limit, int MaxChars);

/// <summary>What we read of a gateway's <c>agents.list</c>.</summary>
public sealed record KnownAgents(IReadOnlyList<KnownAgent?>? Agents);

/// <param name="Id">By which it is asked.</param>
/// <param name="Name">With which it was created.</param>
/// <param name="Status">Of gateways that tell, as ours does: provisioning, running, …</param>
public sealed record KnownAgent(string? Id, string? Name, string? Status);

/// <summary>What we read of a gateway's <c>chat.history</c>, oldest first.</summary>
public sealed record KnownHistory(IReadOnlyList<KnownMessage?>? Messages, KnownRun? InFlightRun, KnownSession? SessionInfo);

/// <param name="Role">user or assistant.</param>
/// <param name="Content">A text, or parts of which some are text.</param>
/// <param name="IdempotencyKey">Of what was asked: the run id and <c>:user</c>.</param>
/// <param name="StopReason">Of what was answered; <c>stop</c> when it is the whole reply.</param>
/// <param name="Mark">The run that answered.</param>
/// <param name="OpenclawAbort">Of the part of a reply that was said before its run was aborted; else null.</param>
public sealed record KnownMessage(
    string? Role, JsonElement Content, string? IdempotencyKey, string? StopReason, [property: JsonPropertyName("__openclaw")] KnownMark? Mark, KnownMark? OpenclawAbort = null);

public sealed record KnownMark(string? RunId);

public sealed record KnownRun(string? RunId);

/// <param name="Status">running while the gateway works on it, or is about to take it up after its restart.</param>
public sealed record KnownSession(string? Status);
