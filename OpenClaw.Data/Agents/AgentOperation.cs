namespace OpenClaw.Data.Agents;

/// <summary>The lifecycle operation under way.</summary>
public enum AgentOperation
{
    Provision,
    Pause,
    Resume,
    Stop,
}
