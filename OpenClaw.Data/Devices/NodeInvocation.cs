using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Devices;

/// <summary>What a node host is asked through another process of the service, to which it is connected. The row is there as long as somebody waits for the answer.</summary>
public sealed class NodeInvocation
{
    public required Guid Id { get; init; }

    /// <summary>The device of the node host.</summary>
    public required string NodeId { get; init; }

    /// <summary>The process to which the node host is connected.</summary>
    public required string ExecutorId { get; init; }

    /// <summary>JSON.</summary>
    public required string Request { get; init; }

    /// <summary>JSON; null until it is there.</summary>
    public string? Answer { get; set; }

    /// <summary>When that process began with it; null until then.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Nobody waits any longer.</summary>
    public required DateTimeOffset WantedUntil { get; init; }
}

internal sealed class NodeInvocationConfiguration : IEntityTypeConfiguration<NodeInvocation>
{
    public void Configure(EntityTypeBuilder<NodeInvocation> builder)
    {
        builder.ToTable("node_invocations");
        builder.HasKey(invocation => invocation.Id);
    }
}
