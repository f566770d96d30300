using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

internal sealed class ExecutorConfiguration : IEntityTypeConfiguration<Executor>
{
    public void Configure(EntityTypeBuilder<Executor> builder)
    {
        builder.ToTable("executors", OpenClawDbContext.SystemSchema);
        builder.HasKey(executor => executor.ExecutorId);
    }
}
