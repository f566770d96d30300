using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

internal sealed class ConversationTurnConfiguration : IEntityTypeConfiguration<ConversationTurn>
{
    public void Configure(EntityTypeBuilder<ConversationTurn> builder)
    {
        builder.ToTable("conversation_turns");
        builder.HasKey(turn => turn.Id);
        builder.Property(turn => turn.CreatedAt).ValueGeneratedOnAdd();
    }
}
