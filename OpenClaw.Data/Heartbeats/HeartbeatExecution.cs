using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Heartbeats;

/// <summary>One beat of an agent's heart and what came of it.</summary>
public sealed class HeartbeatExecution
{
    public required Guid Id { get; init; }

    public required Guid AgentId { get; init; }

    /// <summary>Unique: one workflow is one beat.</summary>
    public required Guid WorkflowUuid { get; init; }

    public required HeartbeatStatus Status { get; set; }

    /// <summary>JSON array of <c>{item, status, note}</c>.</summary>
    public string? ChecklistResults { get; set; }

    /// <summary>Why it was skipped, failed or alerts; of a beat that is well, what the agent said beside that.</summary>
    public string? Reason { get; set; }

    /// <summary>What the agent's gates were seen as when it was last asked, as JSON; null where it has none, or was not well asked.</summary>
    public string? Gates { get; set; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
}

internal sealed class HeartbeatExecutionConfiguration : IEntityTypeConfiguration<HeartbeatExecution>
{
    public void Configure(EntityTypeBuilder<HeartbeatExecution> builder)
    {
        builder.ToTable("heartbeat_executions");
        builder.HasKey(execution => execution.Id);
        builder.Property(execution => execution.Status).IsLowerText();
        builder.Property(execution => execution.ChecklistResults).HasColumnType("jsonb");
        builder.Property(execution => execution.Gates).HasColumnType("jsonb");
    }
}
