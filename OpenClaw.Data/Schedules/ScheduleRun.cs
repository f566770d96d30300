using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Schedules;

/// <summary>A time at which a prompt was due, and what became of it.</summary>
public sealed class ScheduleRun
{
    public required Guid Id { get; init; }

    public required Guid ScheduleId { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What found it due: the same is seen to once. Null for those before it that were found with it.</summary>
    public string? Firing { get; init; }

    public required ScheduleOutcome Outcome { get; init; }

    /// <summary>The message that was sent; null when none was.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>Why it was not sent.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What became of a prompt that was due. Stored in lower case: never rename one.</summary>
public enum ScheduleOutcome
{
    /// <summary>It was sent in time.</summary>
    Ran,

    /// <summary>It was sent, a minute or more after it was due.</summary>
    Late,

    /// <summary>The one before was in its way.</summary>
    Skipped,

    /// <summary>Nobody was there when it was due.</summary>
    Missed,

    /// <summary>It had failed so often that its schedule was switched off.</summary>
    Paused,
}

internal sealed class ScheduleRunConfiguration : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("schedule_runs");
        builder.HasKey(run => run.Id);
        builder.Property(run => run.Outcome).IsLowerText();
    }
}
