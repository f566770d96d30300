namespace OpenClaw.Jobs.Workflows;

/// <summary>
/// Hangfire's queues. Beats and messages, which wait for agents, have workers of their own; of the others Hangfire serves
/// them in alphabetical order.
/// </summary>
public static class Queues
{
    /// <summary>Lifecycle operations: few, watched by people.</summary>
    public const string Agents = "agents";

    /// <summary>Work that names no queue, maintenance, and the sweep that starts heartbeats: nothing that waits for an agent.</summary>
    public const string Default = "default";

    public const string Heartbeats = "heartbeats";

    public const string Messages = "messages";

    public static readonly string[] All = [Agents, Default, Heartbeats, Messages];
}
