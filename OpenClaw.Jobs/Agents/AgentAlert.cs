using OpenClaw.Data.Heartbeats;

namespace OpenClaw.Jobs.Agents;

/// <summary>An alert that no later beat has taken back.</summary>
/// <param name="AgentName">Whose.</param>
/// <param name="Beat">The beat that raised it.</param>
public sealed record AgentAlert(string AgentName, HeartbeatExecution Beat);
