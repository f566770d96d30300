using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Monitoring;

/// <summary>How one thing that the service depends on is now.</summary>
public sealed class HealthCheck
{
    public required string Name { get; init; }

    /// <summary>Empty for what all nodes see alike.</summary>
    public required string Node { get; init; }

    public required HealthStatus Status { get; init; }

    /// <summary>For people: what was seen, and what to do if it is not well.</summary>
    public required string Detail { get; init; }

    /// <summary>The figure that it was judged by; null where there is none, and so are the three below.</summary>
    public double? Value { get; init; }

    public double? DegradedFrom { get; init; }

    public double? FailedFrom { get; init; }

    public string? Unit { get; init; }

    /// <summary>When it got this status.</summary>
    public DateTimeOffset Since { get; init; }

    public DateTimeOffset CheckedAt { get; init; }
}

internal sealed class HealthCheckConfiguration : IEntityTypeConfiguration<HealthCheck>
{
    public void Configure(EntityTypeBuilder<HealthCheck> builder)
    {
        builder.ToTable("health_checks");
        builder.HasKey(check => new { check.Name, check.Node });
        builder.Property(check => check.Status).IsLowerText();
    }
}
