namespace OpenClaw.Data.Messages;

/// <summary>What becomes of a message to an agent that has a turn under way, in OpenClaw's own words. Stored by its name: never rename one.</summary>
public enum QueueMode
{
    /// <summary>It waits for a turn of its own.</summary>
    Followup,

    /// <summary>It waits for a turn that it shares with others that wait.</summary>
    Collect,

    /// <summary>The turn under way is ended, and its own begins.</summary>
    Interrupt,

    /// <summary>The turn under way is told it where that is possible; else it waits for a turn of its own.</summary>
    Steer,
}
