namespace OpenClaw.Data.Conversations;

/// <summary>A connection of a gateway client that serves an agent. It counts only as long as its node beats.</summary>
public sealed class SessionServer
{
    public required Guid AgentId { get; init; }

    public required string ConnectionId { get; init; }

    /// <summary>The node's process.</summary>
    public required string ExecutorId { get; init; }

    public DateTimeOffset Since { get; init; }
}
