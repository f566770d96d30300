using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Agents;

/// <summary>An agent's state as it was paused; resume restores one.</summary>
public sealed class AgentCheckpoint
{
    public required Guid Id { get; init; }

    public required Guid AgentId { get; init; }

    /// <summary>Counts from 1 for each agent.</summary>
    public required int Number { get; init; }

    /// <summary>Version of the shape of <see cref="State"/>.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>JSON: settings, schedule phase, conversation position, parked messages, workflows in flight.</summary>
    public required string State { get; init; }

    /// <summary>The pause that made it; unique, so that a repeated step stores no second one.</summary>
    public required Guid WorkflowUuid { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AgentCheckpointConfiguration : IEntityTypeConfiguration<AgentCheckpoint>
{
    public void Configure(EntityTypeBuilder<AgentCheckpoint> builder)
    {
        builder.ToTable("agent_checkpoints");
        builder.HasKey(checkpoint => checkpoint.Id);
        builder.Property(checkpoint => checkpoint.State).HasColumnType("jsonb");
    }
}
