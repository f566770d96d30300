using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Gateway;

/// <summary>A client that is connected to a node. It counts only as long as the node beats.</summary>
public sealed class GatewayPresence
{
    public required string ConnectionId { get; init; }

    /// <summary>The node's process.</summary>
    public required string ExecutorId { get; init; }

    /// <summary>JSON, as clients are told.</summary>
    public required string Entry { get; init; }

    public DateTimeOffset ConnectedAt { get; init; }
}

internal sealed class GatewayPresenceConfiguration : IEntityTypeConfiguration<GatewayPresence>
{
    public void Configure(EntityTypeBuilder<GatewayPresence> builder)
    {
        builder.ToTable("gateway_presence");
        builder.HasKey(presence => presence.ConnectionId);
        builder.Property(presence => presence.Entry).HasColumnType("jsonb");
    }
}
