using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>What a program signs in with. Its secret was shown once and is kept as a hash.</summary>
public sealed class ApiKey
{
    /// <summary>The part of the key that names it: 12 letters and digits.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>For people; of an owner's keys that are not revoked one alone has it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The agents that it is for; empty for all.</summary>
    public required IReadOnlyList<Guid> AgentIds { get; init; }

    /// <summary>Addresses and networks that it may come from; empty for all.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The secret before the last rotation, which is good until <see cref="PreviousUntil"/>.</summary>
    public byte[]? PreviousHash { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public string? LastUsedFrom { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.CreatedAt).HasDefaultValueSql("now()");
        builder.HasIndex(key => new { key.Owner, key.Name }).IsUnique().HasFilter("revoked_at IS NULL").HasDatabaseName("ux_api_keys_owner_name");
    }
}
