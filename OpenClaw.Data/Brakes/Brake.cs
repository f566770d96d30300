using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Brakes;

/// <summary>Keeps turns from beginning: of an agent, of all agents of an owner, or of all there are. Gone when what waited has begun again.</summary>
public sealed class Brake
{
    public required Guid Id { get; init; }

    /// <summary><c>everything</c>, <c>owner:{owner}</c> or <c>agent:{id}</c>, unique.</summary>
    public required string Scope { get; init; }

    /// <summary>Whose agents; null for everybody's.</summary>
    public string? Owner { get; init; }

    /// <summary>Null for all agents of the owner.</summary>
    public Guid? AgentId { get; init; }

    public required BrakeMode Mode { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; set; }

    public required string SetBy { get; set; }

    public DateTimeOffset SetAt { get; set; }

    /// <summary>Since when turns begin again, a few at a time; null while it is on.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    public string? ReleasedBy { get; set; }

    /// <summary>Agents up to this id have begun again.</summary>
    public Guid? ReleasedThrough { get; set; }

    /// <summary>When the next few agents begin again.</summary>
    public DateTimeOffset? StepAt { get; set; }
}

/// <summary>What a brake does to turns. Stored by its name: never rename one.</summary>
public enum BrakeMode
{
    /// <summary>None begins; what is under way goes on to its end.</summary>
    NoNewTurns,

    /// <summary>None begins, and those under way are aborted.</summary>
    Abort,
}

internal sealed class BrakeConfiguration : IEntityTypeConfiguration<Brake>
{
    public void Configure(EntityTypeBuilder<Brake> builder)
    {
        builder.ToTable("brakes");
        builder.HasKey(brake => brake.Id);
        builder.Property(brake => brake.Mode).IsLowerText();
        builder.Property(brake => brake.SetAt).HasDefaultValueSql("now()");
    }
}
