using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

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
