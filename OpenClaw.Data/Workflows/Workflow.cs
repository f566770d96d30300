using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Workflows;

/// <summary>One run of a workflow definition: a row of <c>openclaw_system.workflow_status</c>, the truth about the run.</summary>
public sealed class Workflow
{
    public required Guid WorkflowUuid { get; init; }

    public required string Name { get; init; }

    /// <summary>Version of the definition that the run was started with; it keeps that version to its end.</summary>
    public required int Version { get; init; }

    public required WorkflowMode Mode { get; init; }

    public required WorkflowStatus Status { get; set; }

    /// <summary>Where a runner finds the run when it is due; null for a chained one, whose Hangfire jobs have a queue.</summary>
    public string? Queue { get; init; }

    public Guid? AgentId { get; init; }

    public required string Owner { get; init; }

    /// <summary>JSON, as it was given to the start.</summary>
    public required string Request { get; init; }

    /// <summary>JSON of the last step's output, once the run has succeeded.</summary>
    public string? Output { get; set; }

    /// <summary>JSON of the error that ended the run.</summary>
    public string? Error { get; set; }

    /// <summary>A second start with the same owner and key returns this run.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Ordinal of the step that runs next; the number of steps once the run has succeeded.</summary>
    public int NextStep { get; set; }

    /// <summary>The process that holds the lease, null while nobody runs a step.</summary>
    public string? ExecutorId { get; set; }

    /// <summary>Grows with every claim and every recovery; a worker with an older epoch can write nothing.</summary>
    public int LeaseEpoch { get; set; }

    /// <summary>How often the run was taken over from a process that died.</summary>
    public int RecoveryAttempts { get; set; }

    public Guid? ParentUuid { get; init; }

    public Guid? ForkedFrom { get; init; }

    /// <summary>Past this instant the run is ended with an error.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>From when on a runner may take an inline run that nobody holds; else when the reconciler looks at the run, if nothing has moved by then.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>The next step may have taken its process down, and is not started before this instant.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }

    /// <summary>W3C trace context of the call that started the run.</summary>
    public string? Traceparent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}

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
