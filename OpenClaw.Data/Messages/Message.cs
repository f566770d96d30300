using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Messages;

/// <summary>A durable message between users, agents and channels: a row of <c>openclaw_system.notifications</c>.</summary>
public sealed class Message
{
    /// <summary>Which keeps a sender's ids apart.</summary>
    public const string IdIndex = "ix_notifications_sender_message_id";

    public required Guid Id { get; init; }

    /// <summary>The sender's own id; a second message with the same sender and id is the same message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Whose agents and clients these are.</summary>
    public required string Owner { get; init; }

    public required string Sender { get; init; }

    /// <summary><c>agent:{id}</c>, <c>client:{instance}</c>, <c>{channel}:…</c> or <c>owner:{owner}</c>; anything else is a name that nobody delivers to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The agent at one of the ends.</summary>
    public Guid? AgentId { get; init; }

    public string? SessionKey { get; init; }

    public required string Content { get; init; }

    /// <summary>JSON object.</summary>
    public required string Metadata { get; init; }

    /// <summary>Order of arrival for the recipient; it is delivered in that order.</summary>
    public long Sequence { get; set; }

    public required MessageState State { get; set; }

    /// <summary>Why it is parked or dead.</summary>
    public string? StateReason { get; set; }

    public int Attempts { get; set; }

    public Guid? WorkflowUuid { get; set; }

    public Guid? ReplyTo { get; set; }

    /// <summary>The message with which it was answered, together with others; null for one that is answered by itself.</summary>
    public Guid? AnsweredWith { get; set; }

    /// <summary>How long its turn may take; null for as long as its agent's turns may.</summary>
    public TimeSpan? TurnTimeout { get; init; }

    /// <summary>What becomes of it when its agent has a turn under way; null: it waits.</summary>
    public QueueMode? QueueMode { get; set; }

    /// <summary>Of a notice, its place among the events that subscriptions are told of; null for all else.</summary>
    public long? EventSequence { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? AckedAt { get; set; }
}

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("notifications", OpenClawDbContext.SystemSchema);
        builder.HasKey(message => message.Id);
        builder.Property(message => message.State).IsLowerText();
        builder.Property(message => message.QueueMode).IsLowerText();
        builder.Property(message => message.Metadata).HasColumnType("jsonb");
        builder.Property(message => message.Sequence).UseIdentityAlwaysColumn();
    }
}
