namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>runtime.serve</c> and <c>runtime.release</c>. An addition to the protocol, as all of <c>runtime.*</c>.</summary>
public sealed record RuntimeServed(bool Ok, string AgentId, bool Serving);

/// <summary>The event <c>runtime.turn</c>: the process is to take it and to answer with <c>runtime.reply</c>.</summary>
/// <param name="TurnId">The same whenever the turn is given again.</param>
/// <param name="AgentId">Whose turn it is.</param>
/// <param name="SessionKey">The conversation.</param>
/// <param name="Kind"><c>message</c> or <c>heartbeat</c>.</param>
/// <param name="Message">What the agent is told.</param>
/// <param name="Persona">Who the agent is to be.</param>
/// <param name="Delivery">From 1; more when a process had it that is gone.</param>
public sealed record RuntimeTurn(string TurnId, string AgentId, string SessionKey, string Kind, string Message, string? Persona, int Delivery);

/// <summary>The event <c>runtime.cancel</c>: nobody waits for the turn any more. Who has it may stop; others have nothing to do.</summary>
public sealed record RuntimeCancel(string TurnId, string AgentId);

/// <summary>The answer to <c>runtime.reply</c>.</summary>
/// <param name="Ok">The frame was right.</param>
/// <param name="Accepted">False when the turn was answered before, or nobody waits for it any more.</param>
public sealed record RuntimeReplied(bool Ok, bool Accepted);
