using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

/// <summary>A device that somebody has let in: the holder of a key, with what it may be and do.</summary>
public sealed class Device
{
    /// <summary>SHA-256 of the public key, in hex.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Ed25519, base64url.</summary>
    public required string PublicKey { get; set; }

    /// <summary>As it calls itself.</summary>
    public string? DisplayName { get; set; }

    /// <summary>As its owner calls it; null for none.</summary>
    public string? Label { get; set; }

    public string? Platform { get; set; }

    public string? DeviceFamily { get; set; }

    public string? ClientId { get; set; }

    public string? ClientMode { get; set; }

    /// <summary><c>operator</c>, <c>node</c>.</summary>
    public required string[] Roles { get; set; }

    /// <summary>What it was approved for; tokens hold no more.</summary>
    public required string[] Scopes { get; set; }

    public string? RemoteIp { get; set; }

    /// <summary><c>owner</c>, <c>silent</c> where the gateway's token was enough, or <c>bootstrap</c> for a setup code.</summary>
    public required string ApprovedVia { get; set; }

    /// <summary>Who approved it, as in the audit.</summary>
    public required string ApprovedBy { get; set; }

    /// <summary>JSON of what it may be asked to do as a node; null until that is approved.</summary>
    public string? Node { get; set; }

    /// <summary>JSON of what it offers to do as a node and nobody has approved; null for nothing.</summary>
    public string? PendingNode { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ApprovedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    public string? LastSeenReason { get; set; }
}

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices");
        builder.HasKey(device => device.DeviceId);
        builder.Property(device => device.Node).HasColumnType("jsonb");
        builder.Property(device => device.PendingNode).HasColumnType("jsonb");
    }
}
