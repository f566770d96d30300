namespace OpenClaw.Data.Heartbeats;

public enum HeartbeatStatus
{
    Running,

    /// <summary>Every item of the checklist is well.</summary>
    Ok,

    /// <summary>The agent reported something that its owner should know.</summary>
    Alert,

    /// <summary>The agent could not be asked.</summary>
    Failed,

    /// <summary>None of the agent's gates was open, so it was not asked.</summary>
    Quiet,

    /// <summary>The agent was paused, or it was outside its active hours.</summary>
    Skipped,
}
