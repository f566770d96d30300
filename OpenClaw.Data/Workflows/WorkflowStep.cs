using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

/// <summary>The checkpoint of one step: a row of <c>openclaw_system.operation_outputs</c>.</summary>
public sealed class WorkflowStep
{
    public required Guid WorkflowUuid { get; init; }

    /// <summary>Ordinal of the step in its workflow, from 0.</summary>
    public required int FunctionId { get; init; }

    public required string FunctionName { get; init; }

    /// <summary>JSON, set once, together with <see cref="CompletedAt"/>.</summary>
    public string? Output { get; set; }

    /// <summary>JSON of the last failed attempt's error.</summary>
    public string? Error { get; set; }

    /// <summary>Starts, counted before the step's code runs, so that a start which kills its process counts too.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that ended with an error.</summary>
    public int Failures { get; set; }

    public int LeaseEpoch { get; set; }

    public string? ExecutorId { get; set; }

    /// <summary>The Hangfire job that runs the step: its own in a chained run, the runner in an inline one.</summary>
    public string? JobId { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}

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
