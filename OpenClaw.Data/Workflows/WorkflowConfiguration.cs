using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Workflows;

internal sealed class WorkflowConfiguration : IEntityTypeConfiguration<Workflow>
{
    public void Configure(EntityTypeBuilder<Workflow> builder)
    {
        builder.ToTable("workflow_status", OpenClawDbContext.SystemSchema);
        builder.HasKey(workflow => workflow.WorkflowUuid);
        builder.Property(workflow => workflow.Mode).IsLowerText();
        builder.Property(workflow => workflow.Status).IsUpperText();
        builder.Property(workflow => workflow.Request).HasColumnType("jsonb");
        builder.Property(workflow => workflow.Output).HasColumnType("jsonb");
        builder.Property(workflow => workflow.Error).HasColumnType("jsonb");
    }
}
