using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Messaging;

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
