using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

internal sealed class SessionTurnConfiguration : IEntityTypeConfiguration<SessionTurn>
{
    public void Configure(EntityTypeBuilder<SessionTurn> builder)
    {
        builder.ToTable("session_turns");
        builder.HasKey(turn => turn.TurnKey);
    }
}
