using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>Who asked for what, and what came of it.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required string Actor { get; init; }

    /// <summary>A dotted name such as <c>agent.pause</c> or <c>workflow.cancel</c>.</summary>
    public required string Action { get; init; }

    public required string Subject { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.CreatedAt).HasDefaultValueSql("now()");
    }
}
