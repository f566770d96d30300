using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>A caller's key for one decision, written in the decision's own transaction.</summary>
public sealed class IdempotencyKey
{
    public const int MaxLength = 255;

    public required string Owner { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of what was asked; the same key with another request is a mistake of the caller's.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>JSON of what was decided; every repetition is answered from it.</summary>
    public required string Decision { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(key => new { key.Owner, key.Key });
        builder.Property(key => key.Decision).HasColumnType("jsonb");
        builder.Property(key => key.CreatedAt).HasDefaultValueSql("now()");
    }
}
