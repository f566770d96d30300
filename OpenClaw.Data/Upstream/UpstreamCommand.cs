using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Upstream;

/// <summary>Something that an OpenClaw gateway was asked to do. Only the last few are kept.</summary>
public sealed class UpstreamCommand
{
    public long Id { get; init; }

    /// <summary>Who asked.</summary>
    public required string Node { get; init; }

    /// <summary>The gateway's method.</summary>
    public required string Method { get; init; }

    /// <summary>The name of the agent that it was about.</summary>
    public required string Agent { get; init; }

    /// <summary>Null when it succeeded.</summary>
    public string? Error { get; init; }

    public required TimeSpan Duration { get; init; }

    public required DateTimeOffset EndedAt { get; init; }
}

internal sealed class BridgeCommandConfiguration : IEntityTypeConfiguration<UpstreamCommand>
{
    public void Configure(EntityTypeBuilder<UpstreamCommand> builder)
    {
        builder.ToTable("bridge_commands");
        builder.HasKey(command => command.Id);
    }
}
