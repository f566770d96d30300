using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conversations;

internal sealed class AgentUsageConfiguration : IEntityTypeConfiguration<AgentUsage>
{
    public void Configure(EntityTypeBuilder<AgentUsage> builder)
    {
        builder.ToTable("agent_usage");
        builder.HasKey(usage => new { usage.AgentId, usage.Day });
    }
}
