using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Messages;

/// <summary>What an agent's model is shown beside the text of a message: the conversation that a caller sent along, its pictures. Kept until the message is delivered.</summary>
public sealed class MessageContext
{
    public required Guid MessageId { get; init; }

    /// <summary>JSON object.</summary>
    public required string Content { get; init; }
}

internal sealed class MessageContextConfiguration : IEntityTypeConfiguration<MessageContext>
{
    public void Configure(EntityTypeBuilder<MessageContext> builder)
    {
        builder.ToTable("message_contexts");
        builder.HasKey(context => context.MessageId);
        builder.Property(context => context.Content).HasColumnType("jsonb");

        // So that the message is written first, and takes its context with it when it is deleted.
        builder.HasOne<Message>().WithOne().HasForeignKey<MessageContext>(context => context.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
