using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workers;

/// <summary>A connection of a gateway client that serves an agent. It counts only as long as its node beats.</summary>
public sealed class AgentWorker
{
    public required Guid AgentId { get; init; }

    public required string ConnectionId { get; init; }

    /// <summary>The node's process.</summary>
    public required string ExecutorId { get; init; }

    public DateTimeOffset Since { get; init; }
}

internal sealed class AgentWorkerConfiguration : IEntityTypeConfiguration<AgentWorker>
{
    public void Configure(EntityTypeBuilder<AgentWorker> builder)
    {
        builder.ToTable("session_servers");
        builder.HasKey(server => new { server.AgentId, server.ConnectionId });
    }
}
