using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

internal sealed class DeviceRequestConfiguration : IEntityTypeConfiguration<DeviceRequest>
{
    public void Configure(EntityTypeBuilder<DeviceRequest> builder)
    {
        builder.ToTable("device_requests");
        builder.HasKey(request => request.RequestId);
    }
}
