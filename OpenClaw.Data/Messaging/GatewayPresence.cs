namespace OpenClaw.Data.Messaging;

/// <summary>A client that is connected to a node. It counts only as long as the node beats.</summary>
public sealed class GatewayPresence
{
    public required string ConnectionId { get; init; }

    /// <summary>The node's process.</summary>
    public required string ExecutorId { get; init; }

    /// <summary>JSON, as clients are told.</summary>
    public required string Entry { get; init; }

    public DateTimeOffset ConnectedAt { get; init; }
}
