using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

/// <summary>What lets a device in without the gateway's token, for one role. The token itself is not kept.</summary>
public sealed class DeviceToken
{
    public required string DeviceId { get; init; }

    public required string Role { get; init; }

    /// <summary>Random; with the gateway's token it makes the device's. Another salt is another token.</summary>
    public required byte[] Salt { get; set; }

    /// <summary>SHA-256 of the token; null until the device has fetched it.</summary>
    public byte[]? Hash { get; set; }

    public required string[] Scopes { get; set; }

    /// <summary>Grows with each rotation and revocation: connections that began before are closed.</summary>
    public int Epoch { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RotatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class DeviceTokenConfiguration : IEntityTypeConfiguration<DeviceToken>
{
    public void Configure(EntityTypeBuilder<DeviceToken> builder)
    {
        builder.ToTable("device_tokens");
        builder.HasKey(token => new { token.DeviceId, token.Role });
        builder.HasOne<Device>().WithMany().HasForeignKey(token => token.DeviceId);
    }
}
