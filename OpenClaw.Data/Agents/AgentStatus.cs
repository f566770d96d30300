namespace OpenClaw.Data.Agents;

/// <summary>The five states that clients know. What is under way is <see cref="AgentOperation"/>.</summary>
public enum AgentStatus
{
    Provisioning,
    Running,
    Paused,
    Stopped,
    Failed,
}
