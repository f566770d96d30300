using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>Holds an entry of the audit log as it was: SHA-256 over the seal before and the entry, so that none can be changed, taken out or put between.</summary>
public sealed class AuditSeal
{
    /// <summary>Counts the seals from 1, without a gap.</summary>
    public required long Seq { get; init; }

    public required long EntryId { get; init; }

    public required byte[] Hash { get; init; }

    public DateTimeOffset SealedAt { get; init; }
}

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(seal => seal.Seq);
        builder.Property(seal => seal.Seq).ValueGeneratedNever();
        builder.HasIndex(seal => seal.EntryId).IsUnique().HasDatabaseName("ux_audit_seals_entry");
        builder.Property(seal => seal.SealedAt).HasDefaultValueSql("now()");
    }
}
