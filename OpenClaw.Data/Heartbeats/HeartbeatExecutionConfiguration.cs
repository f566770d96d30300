using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Heartbeats;

internal sealed class HeartbeatExecutionConfiguration : IEntityTypeConfiguration<HeartbeatExecution>
{
    public void Configure(EntityTypeBuilder<HeartbeatExecution> builder)
    {
        builder.ToTable("heartbeat_executions");
        builder.HasKey(execution => execution.Id);
        builder.Property(execution => execution.Status).IsLowerText();
        builder.Property(execution => execution.ChecklistResults).HasColumnType("jsonb");
    }
}
