namespace OpenClaw.Data.Messaging;

/// <summary>A conversation with an agent. Its messages carry the key.</summary>
public sealed class Session
{
    /// <summary><c>agent:{agent}:{rest}</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The present transcript; a reset begins a new one.</summary>
    public required Guid SessionId { get; set; }

    public required Guid AgentId { get; init; }

    public string? Label { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Messages up to this <see cref="Message.Sequence"/> belong to earlier transcripts.</summary>
    public long ResetSequence { get; set; }
}
