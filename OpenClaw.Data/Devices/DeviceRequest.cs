using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

/// <summary>A device that asks to be let in, or for more than it has. Kept for a while after it was decided, so that every node can tell of it.</summary>
public sealed class DeviceRequest
{
    public required Guid RequestId { get; init; }

    public required string DeviceId { get; init; }

    public required string PublicKey { get; init; }

    public string? DisplayName { get; set; }

    public string? Platform { get; set; }

    public string? DeviceFamily { get; set; }

    public string? ClientId { get; set; }

    public string? ClientMode { get; set; }

    public required string Role { get; init; }

    public required string[] Roles { get; init; }

    public required string[] Scopes { get; init; }

    public string? RemoteIp { get; set; }

    /// <summary>The device was let in before, and asks for more.</summary>
    public bool IsRepair { get; set; }

    /// <summary>Nobody was asked: the gateway's token was enough.</summary>
    public bool Silent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the device last asked; it counts as gone some time after that.</summary>
    public required DateTimeOffset RefreshedAt { get; set; }

    /// <summary><c>approved</c> or <c>rejected</c>; null while it waits.</summary>
    public string? Decision { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }
}

internal sealed class DeviceRequestConfiguration : IEntityTypeConfiguration<DeviceRequest>
{
    public void Configure(EntityTypeBuilder<DeviceRequest> builder)
    {
        builder.ToTable("device_requests");
        builder.HasKey(request => request.RequestId);
    }
}
