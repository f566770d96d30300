namespace OpenClaw.Jobs.Agents;

/// <summary>An agent that goes round in circles, as its owner was told.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="AgentName">By name.</param>
/// <param name="Text">The notice.</param>
/// <param name="At">When that was.</param>
public sealed record AgentLoop(Guid AgentId, string AgentName, string Text, DateTimeOffset At);
