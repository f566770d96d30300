using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

internal sealed class WorkflowEventConfiguration : IEntityTypeConfiguration<WorkflowEvent>
{
    public void Configure(EntityTypeBuilder<WorkflowEvent> builder)
    {
        builder.ToTable("workflow_events", OpenClawDbContext.SystemSchema);
        builder.HasKey(entry => new { entry.WorkflowUuid, entry.Seq });
        builder.Property(entry => entry.Seq).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.Data).HasColumnType("jsonb");
        builder.Property(entry => entry.CreatedAt).HasDefaultValueSql("now()");
    }
}
