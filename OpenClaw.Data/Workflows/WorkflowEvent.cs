using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

/// <summary>One line of a run's append-only log: what changed, when, by whom and why.</summary>
public sealed class WorkflowEvent
{
    public required Guid WorkflowUuid { get; init; }

    /// <summary>Grows over all runs; within a run it gives the order.</summary>
    public long Seq { get; init; }

    /// <summary>A name of <see cref="WorkflowEventKind"/>.</summary>
    public required string Kind { get; init; }

    public string? Step { get; init; }

    /// <summary>The executor, or the person or system that asked for it.</summary>
    public required string Actor { get; init; }

    public string? Reason { get; init; }

    /// <summary>JSON with what the kind needs besides (attempt, delay, …).</summary>
    public string? Data { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

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
