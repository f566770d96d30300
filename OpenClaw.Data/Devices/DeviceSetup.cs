using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

/// <summary>A code that lets one device in. The code itself is not kept.</summary>
public sealed class DeviceSetup
{
    public required Guid SetupId { get; init; }

    /// <summary>SHA-256 of the token in the code.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What it lets the device do: <c>full</c>, <c>limited</c> or <c>node</c>.</summary>
    public required string Access { get; init; }

    /// <summary>Who had it made, as in the audit.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>It lets nobody in any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The device that it has let in; null until then.</summary>
    public string? DeviceId { get; set; }

    /// <summary>As that device calls itself.</summary>
    public string? DeviceName { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}

internal sealed class DeviceSetupConfiguration : IEntityTypeConfiguration<DeviceSetup>
{
    public void Configure(EntityTypeBuilder<DeviceSetup> builder)
    {
        builder.ToTable("device_setups");
        builder.HasKey(setup => setup.SetupId);
    }
}
