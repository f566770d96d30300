using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.SqlDoor;

/// <summary>What another program on the same database has asked for by a function, and what became of it.</summary>
public sealed class SqlAsk
{
    public required Guid Id { get; init; }

    /// <summary>The order in which it was asked.</summary>
    public long Sequence { get; init; }

    /// <summary>The role of the database that asked.</summary>
    public required string Role { get; init; }

    /// <summary>The role's own; a second request with it is the same request.</summary>
    public required string Key { get; init; }

    /// <summary><c>send</c> or <c>start_workflow</c>.</summary>
    public required string Kind { get; init; }

    public required Guid AgentId { get; init; }

    /// <summary>The message, or the workflow's name.</summary>
    public required string Content { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a node decided on it; null before.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? WorkflowUuid { get; init; }

    /// <summary>Why it was not accepted; null when it was.</summary>
    public string? Refusal { get; init; }
}

internal sealed class SqlAskConfiguration : IEntityTypeConfiguration<SqlAsk>
{
    public void Configure(EntityTypeBuilder<SqlAsk> builder)
    {
        builder.ToTable("sql_requests");
        builder.HasKey(ask => ask.Id);
        builder.Property(ask => ask.Sequence).UseIdentityAlwaysColumn();
    }
}
