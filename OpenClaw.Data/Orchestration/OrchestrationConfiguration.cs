using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Orchestration;

internal sealed class OrchestrationConfiguration : IEntityTypeConfiguration<CommandRecord>, IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<CommandRecord> builder)
    {
        builder.ToTable("commands");
        builder.HasKey(command => command.Id);
        builder.Property(command => command.Outcome).IsLowerText();
    }

    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_items");
        builder.HasKey(item => item.Id);
        builder.Property(item => item.State).IsLowerText();
        builder.Ignore(item => item.Issue);
    }
}
