using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

internal sealed class TurnLeaseConfiguration : IEntityTypeConfiguration<TurnLease>
{
    public void Configure(EntityTypeBuilder<TurnLease> builder)
    {
        builder.ToTable("turn_leases");
        builder.HasKey(lease => lease.AgentId);
    }
}
