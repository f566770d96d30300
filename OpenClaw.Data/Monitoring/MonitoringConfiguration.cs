using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Monitoring;

internal sealed class MonitoringConfiguration :
    IEntityTypeConfiguration<HealthCheck>, IEntityTypeConfiguration<HealthTransition>,
    IEntityTypeConfiguration<WorkflowMetric>, IEntityTypeConfiguration<WorkflowMetricsProgress>
{
    public void Configure(EntityTypeBuilder<HealthCheck> builder)
    {
        builder.ToTable("health_checks");
        builder.HasKey(check => new { check.Name, check.Node });
        builder.Property(check => check.Status).IsLowerText();
    }

    public void Configure(EntityTypeBuilder<HealthTransition> builder)
    {
        builder.ToTable("health_transitions");
        builder.HasKey(transition => transition.Id);
        builder.Property(transition => transition.FromStatus).IsLowerText();
        builder.Property(transition => transition.ToStatus).IsLowerText();
    }

    public void Configure(EntityTypeBuilder<WorkflowMetric> builder)
    {
        builder.ToTable("workflow_metrics");
        builder.HasKey(metric => new { metric.Bucket, metric.Name, metric.Status, metric.DurationBucket });
    }

    public void Configure(EntityTypeBuilder<WorkflowMetricsProgress> builder)
    {
        builder.ToTable("workflow_metrics_progress");
        builder.HasKey(progress => progress.OnlyRow);
    }
}
