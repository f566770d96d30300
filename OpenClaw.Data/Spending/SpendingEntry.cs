using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Spending;

/// <summary>What one answer of a model cost. Written once, and never changed or removed: the database refuses both.</summary>
public sealed class SpendingEntry
{
    /// <summary>The order in which they were written.</summary>
    public long Id { get; init; }

    /// <summary>Names the turn: a turn that is asked again after a crash counts once.</summary>
    public required string TurnKey { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who pays.</summary>
    public required string Owner { get; init; }

    /// <summary>Null for what no agent has asked.</summary>
    public Guid? AgentId { get; init; }

    /// <summary><c>provider/name</c>.</summary>
    public required string Model { get; init; }

    public required SpendingKind Kind { get; init; }

    /// <summary>What the provider had in its cache among it.</summary>
    public required long InputTokens { get; init; }

    public required long CachedInputTokens { get; init; }

    public required long OutputTokens { get; init; }

    /// <summary>In micro-units of USD; 0 without a price.</summary>
    public required long Amount { get; init; }

    /// <summary>The price that it was counted by; null when there was none for the model.</summary>
    public string? PriceModel { get; init; }

    public DateOnly? PriceFrom { get; init; }
}

internal sealed class SpendingEntryConfiguration : IEntityTypeConfiguration<SpendingEntry>
{
    public void Configure(EntityTypeBuilder<SpendingEntry> builder)
    {
        builder.ToTable("spending");
        builder.HasKey(entry => entry.Id);
        builder.Property(entry => entry.At).HasDefaultValueSql("now()");
        builder.Property(entry => entry.Kind).IsLowerText();
    }
}
