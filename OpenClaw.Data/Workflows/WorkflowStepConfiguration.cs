using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

internal sealed class WorkflowStepConfiguration : IEntityTypeConfiguration<WorkflowStep>
{
    public void Configure(EntityTypeBuilder<WorkflowStep> builder)
    {
        builder.ToTable("operation_outputs", OpenClawDbContext.SystemSchema);
        builder.HasKey(step => new { step.WorkflowUuid, step.FunctionId });
        builder.Property(step => step.Output).HasColumnType("jsonb");
        builder.Property(step => step.Error).HasColumnType("jsonb");
    }
}
