using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Agents;

internal sealed class AgentCheckpointConfiguration : IEntityTypeConfiguration<AgentCheckpoint>
{
    public void Configure(EntityTypeBuilder<AgentCheckpoint> builder)
    {
        builder.ToTable("agent_checkpoints");
        builder.HasKey(checkpoint => checkpoint.Id);
        builder.Property(checkpoint => checkpoint.State).HasColumnType("jsonb");
    }
}
