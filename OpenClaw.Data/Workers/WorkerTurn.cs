using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workers;

/// <summary>A turn that a process connected to the gateway is to take for its agent.</summary>
public sealed class WorkerTurn
{
    public required string TurnKey { get; init; }

    public required Guid AgentId { get; init; }

    public required string SessionKey { get; init; }

    /// <summary><c>message</c> or <c>heartbeat</c>.</summary>
    public required string Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>Whom it was given to last; null while nobody serves the agent.</summary>
    public string? ConnectionId { get; set; }

    public int Deliveries { get; set; }

    public string? Reply { get; set; }

    /// <summary>Why there is no reply.</summary>
    public string? Error { get; set; }

    /// <summary>What whom it was given to last has said so far.</summary>
    public string Said { get; set; } = "";

    /// <summary>When that one was given it, or last showed life; null before.</summary>
    public DateTimeOffset? AliveAt { get; set; }

    public long? InputTokens { get; set; }

    public long? OutputTokens { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whoever wants the reply asks again before that; later the turn is in nobody's way.</summary>
    public DateTimeOffset WantedUntil { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }
}

internal sealed class SessionTurnConfiguration : IEntityTypeConfiguration<WorkerTurn>
{
    public void Configure(EntityTypeBuilder<WorkerTurn> builder)
    {
        builder.ToTable("session_turns");
        builder.HasKey(turn => turn.TurnKey);
        builder.Property(turn => turn.Said).HasDefaultValue("");
    }
}
