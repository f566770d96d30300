using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Runtimes;

/// <summary>A part of what an agent said while it was at a turn. Only added and, when it is old, removed.</summary>
public sealed class RunLogEntry
{
    /// <summary>Our id of the message that is answered.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Grows within a run. Each writer begins at a million of its own, so that one that is thought dead is in nobody's way.</summary>
    public required long Offset { get; init; }

    /// <summary>How long the reply was before, in UTF-16 units; 0 begins it anew.</summary>
    public required int Position { get; init; }

    public required string Text { get; init; }
}

internal sealed class RunLogEntryConfiguration : IEntityTypeConfiguration<RunLogEntry>
{
    public void Configure(EntityTypeBuilder<RunLogEntry> builder)
    {
        builder.ToTable("run_log");
        builder.HasKey(entry => new { entry.RunId, entry.Offset });
        builder.Property(entry => entry.Offset).ValueGeneratedNever();
    }
}
