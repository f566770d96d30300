using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Messaging;

internal sealed class GatewayPresenceConfiguration : IEntityTypeConfiguration<GatewayPresence>
{
    public void Configure(EntityTypeBuilder<GatewayPresence> builder)
    {
        builder.ToTable("gateway_presence");
        builder.HasKey(presence => presence.ConnectionId);
        builder.Property(presence => presence.Entry).HasColumnType("jsonb");
    }
}
