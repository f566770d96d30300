using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Messages;

namespace OpenClaw.Data.Conversations;

/// <summary>A conversation with an agent. Its messages carry the key.</summary>
public sealed class Session
{
    /// <summary><c>agent:{agent}:{rest}</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The present transcript; a reset begins a new one.</summary>
    public required Guid SessionId { get; set; }

    public required Guid AgentId { get; init; }

    public string? Label { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Messages up to this <see cref="Message.Sequence"/> belong to earlier transcripts.</summary>
    public long ResetSequence { get; set; }

    /// <summary>What clients set for it, by the protocol's names: a JSON object.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>What its agent runs on in it, <c>provider/name</c>; null for the agent's own model.</summary>
    public string? Model { get; set; }

    /// <summary>Since when it is put away; null for one that is listed. Using it brings it back.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>The conversation that it follows; null for none.</summary>
    public string? ParentKey { get; set; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(session => session.Key);
        builder.Property(session => session.Settings).HasColumnType("jsonb");
    }
}
