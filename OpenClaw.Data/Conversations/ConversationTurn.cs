using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

/// <summary>One turn of a conversation that we keep for a model: what the agent was told, and what it said.</summary>
public sealed class ConversationTurn
{
    /// <summary>The order of the conversation.</summary>
    public long Id { get; init; }

    public required Guid AgentId { get; init; }

    public required string SessionKey { get; init; }

    /// <summary>The turn's idempotency key, unique: a turn is recorded once and then not asked again.</summary>
    public required string TurnKey { get; init; }

    public required string Model { get; init; }

    public required string Message { get; init; }

    public required string Reply { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when the model is not shown it any more; null while it is.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }
}

internal sealed class ConversationTurnConfiguration : IEntityTypeConfiguration<ConversationTurn>
{
    public void Configure(EntityTypeBuilder<ConversationTurn> builder)
    {
        builder.ToTable("conversation_turns");
        builder.HasKey(turn => turn.Id);
        builder.Property(turn => turn.CreatedAt).ValueGeneratedOnAdd();
    }
}
