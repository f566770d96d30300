namespace OpenClaw.Jobs.Workflows;

/// <summary>Hangfire's queues. Hangfire serves them in alphabetical order, so the names are the priorities.</summary>
public static class Queues
{
    /// <summary>Lifecycle operations: few, watched by people.</summary>
    public const string Agents = "agents";

    /// <summary>Work that names no queue, and maintenance.</summary>
    public const string Default = "default";

    public const string Heartbeats = "heartbeats";

    public const string Messages = "messages";

    public static readonly string[] All = [Agents, Default, Heartbeats, Messages];
}
