using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Bridge;

internal sealed class BridgeCommandConfiguration : IEntityTypeConfiguration<BridgeCommand>
{
    public void Configure(EntityTypeBuilder<BridgeCommand> builder)
    {
        builder.ToTable("bridge_commands");
        builder.HasKey(command => command.Id);
    }
}
