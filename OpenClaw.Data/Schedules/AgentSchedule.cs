using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Schedules;

/// <summary>A message that an agent is sent on schedule.</summary>
public sealed class AgentSchedule
{
    public required Guid Id { get; init; }

    public required Guid AgentId { get; init; }

    /// <summary>Null: the agent's main conversation.</summary>
    public string? SessionKey { get; set; }

    public required string Name { get; set; }

    /// <summary>For people, beside the name by which it is found.</summary>
    public string? DisplayName { get; set; }

    /// <summary>For people.</summary>
    public string? Description { get; set; }

    /// <summary>How hard the agent is to think, in its owner's words: kept and shown, because no model is told.</summary>
    public string? Thinking { get; set; }

    /// <summary>An address of a channel to which the reply goes; null: it stays in the conversation.</summary>
    public string? DeliverTo { get; set; }

    public required string Message { get; set; }

    /// <summary>What the agent is sent behind the message, kept beside it and changed by itself; null for nothing.</summary>
    public string? Notes { get; set; }

    /// <summary>How often <see cref="Notes"/> were changed; null for never.</summary>
    public int? NotesRevision { get; set; }

    public DateTimeOffset? NotesAt { get; set; }

    public required ScheduleTiming Schedule { get; set; }

    public bool Enabled { get; set; }

    /// <summary>It is removed when it has been sent on schedule once.</summary>
    public bool DeleteAfterRun { get; set; }

    /// <summary>The Hangfire job that sends a prompt with an instant; null when it has been sent, and for recurring ones.</summary>
    public string? JobId { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public ScheduleOverlap Overlap { get; set; }

    /// <summary>How late it is sent at most; null: however late.</summary>
    public TimeSpan? CatchUp { get; set; }

    /// <summary>Of times that were missed in a row so many are sent, the last ones; null for one.</summary>
    public int? CatchUpRuns { get; set; }

    /// <summary>It is switched off when so many in a row have failed; null: never.</summary>
    public int? PauseAfter { get; set; }

    /// <summary>The last time at which it was due and seen to, or when it was last changed; null for one that an older build has written.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ScheduledPromptConfiguration : IEntityTypeConfiguration<AgentSchedule>
{
    public void Configure(EntityTypeBuilder<AgentSchedule> builder)
    {
        builder.ToTable("scheduled_prompts");
        builder.HasKey(prompt => prompt.Id);
        builder.Property(prompt => prompt.Overlap).IsLowerText();
        builder.ComplexProperty(
            prompt => prompt.Schedule,
            schedule =>
            {
                schedule.Property(when => when.Cron).HasColumnName("cron");
                schedule.Property(when => when.TimeZone).HasColumnName("time_zone");
                schedule.Property(when => when.Every).HasColumnName("every");
                schedule.Property(when => when.At).HasColumnName("run_at");
            });
    }
}
