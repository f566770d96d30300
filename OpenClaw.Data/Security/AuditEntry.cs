using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>Who asked for what, from where, and what came of it. It is never changed, and sealed soon after it was written.</summary>
public sealed class AuditEntry
{
    public const string Done = "done";
    public const string Refused = "refused";

    public long Id { get; init; }

    public required string Actor { get; init; }

    /// <summary>A dotted name such as <c>agent.pause</c> or <c>workflow.cancel</c>.</summary>
    public required string Action { get; init; }

    public required string Subject { get; init; }

    public string? Detail { get; init; }

    public string Outcome { get; init; } = Done;

    /// <summary>A JSON object of what was changed, each as <c>[before, after]</c>; null where nothing is told.</summary>
    public string? Change { get; init; }

    public string? Address { get; init; } = AuditOrigin.Current?.Address;

    public string? Credential { get; init; } = AuditOrigin.Current?.Credential;

    public string? TraceId { get; init; } = AuditOrigin.TraceId;

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.Outcome).HasDefaultValue(AuditEntry.Done);
        builder.Property(entry => entry.Change).HasColumnType("jsonb");
        builder.Property(entry => entry.CreatedAt).HasDefaultValueSql("now()");
    }
}
