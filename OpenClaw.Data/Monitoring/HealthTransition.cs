using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Monitoring;

/// <summary>A check's change from one status to another.</summary>
public sealed class HealthTransition
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty for what all nodes see alike.</summary>
    public required string Node { get; init; }

    /// <summary>Null: it was looked at for the first time.</summary>
    public HealthStatus? FromStatus { get; init; }

    public required HealthStatus ToStatus { get; init; }

    public required string Detail { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class HealthTransitionConfiguration : IEntityTypeConfiguration<HealthTransition>
{
    public void Configure(EntityTypeBuilder<HealthTransition> builder)
    {
        builder.ToTable("health_transitions");
        builder.HasKey(transition => transition.Id);
        builder.Property(transition => transition.FromStatus).IsLowerText();
        builder.Property(transition => transition.ToStatus).IsLowerText();
    }
}
