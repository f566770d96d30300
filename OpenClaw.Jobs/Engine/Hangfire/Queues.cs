namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>Where work waits: Hangfire's queues, and those of inline runs in the ledger.</summary>
public static class Queues
{
    /// <summary>Hangfire's for lifecycle operations: few, watched by people.</summary>
    public const string Agents = "agents";

    /// <summary>Hangfire's for maintenance and the sweep that starts heartbeats, and the ledger's for work that names no other: nothing that waits for an agent.</summary>
    public const string Default = "default";

    /// <summary>Hangfire's for the runners of the inline runs.</summary>
    public const string Runners = "runners";

    /// <summary>Inline runs in which agents are asked how they are.</summary>
    public const string Heartbeats = "heartbeats";

    /// <summary>Inline runs that deliver messages.</summary>
    public const string Messages = "messages";

    /// <summary>All of Hangfire's, with those that builds before had.</summary>
    public static readonly string[] All = [Agents, Default, Heartbeats, Messages, Runners];

    /// <summary>Those of inline runs, each with a runner of its own.</summary>
    public static readonly string[] OfInlineRuns = [Default, Heartbeats, Messages];
}
