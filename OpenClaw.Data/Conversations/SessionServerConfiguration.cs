using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

internal sealed class SessionServerConfiguration : IEntityTypeConfiguration<SessionServer>
{
    public void Configure(EntityTypeBuilder<SessionServer> builder)
    {
        builder.ToTable("session_servers");
        builder.HasKey(server => new { server.AgentId, server.ConnectionId });
    }
}
