using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Monitoring;

/// <summary>How many runs of a workflow ended in five minutes with a status, after about a duration.</summary>
public sealed class WorkflowMetric
{
    public required string Name { get; init; }

    /// <summary>Begin of the five minutes.</summary>
    public DateTimeOffset Bucket { get; init; }

    public required string Status { get; init; }

    /// <summary>n: the runs took from 1.25ⁿ up to 1.25ⁿ⁺¹ milliseconds.</summary>
    public short DurationBucket { get; init; }

    public long Runs { get; init; }

    public double TotalMs { get; init; }
}

/// <summary>The one row that says until when ended runs have been counted.</summary>
public sealed class WorkflowMetricsProgress
{
    public bool OnlyRow { get; init; } = true;

    public DateTimeOffset CountedUntil { get; init; }
}

internal sealed class WorkflowMetricConfiguration : IEntityTypeConfiguration<WorkflowMetric>
{
    public void Configure(EntityTypeBuilder<WorkflowMetric> builder)
    {
        builder.ToTable("workflow_metrics");
        builder.HasKey(metric => new { metric.Bucket, metric.Name, metric.Status, metric.DurationBucket });
    }
}

internal sealed class WorkflowMetricsProgressConfiguration : IEntityTypeConfiguration<WorkflowMetricsProgress>
{
    public void Configure(EntityTypeBuilder<WorkflowMetricsProgress> builder)
    {
        builder.ToTable("workflow_metrics_progress");
        builder.HasKey(progress => progress.OnlyRow);
    }
}
