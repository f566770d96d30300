using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Commands;

/// <summary>What a person wrote, what was made of it, and what was answered.</summary>
public sealed class CommandRecord
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>The channel that it came through, such as <c>whatsapp</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The person's address within the channel; empty where there is one person alone.</summary>
    public required string Contact { get; init; }

    /// <summary>The channel's id of the message; with owner and source it is unique.</summary>
    public required string MessageId { get; init; }

    public required string Text { get; init; }

    /// <summary>The command as it is written plainly; null when the text was none.</summary>
    public string? Meaning { get; init; }

    public required CommandOutcome Outcome { get; init; }

    public required string Answer { get; init; }

    /// <summary>The agent that it was about.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>The workflow that carries it out.</summary>
    public Guid? WorkflowUuid { get; init; }

    /// <summary>Whoever repeats it in time lets <see cref="Meaning"/> be done.</summary>
    public string? Code { get; init; }

    public DateTimeOffset? CodeExpiresAt { get; init; }

    /// <summary>The message that repeated the code, or that took the question back.</summary>
    public string? CodeUsedBy { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What came of a command. Stored in snake_case: never rename one.</summary>
public enum CommandOutcome
{
    /// <summary>It was done, or has begun.</summary>
    Done,

    /// <summary>It was a question, and is answered.</summary>
    Answered,

    /// <summary>It waits for its code.</summary>
    Asked,

    /// <summary>It could not be done; the answer says why.</summary>
    Refused,

    /// <summary>It was not understood, and nothing was done.</summary>
    NotUnderstood,
}

internal sealed class CommandRecordConfiguration : IEntityTypeConfiguration<CommandRecord>
{
    public void Configure(EntityTypeBuilder<CommandRecord> builder)
    {
        builder.ToTable("commands");
        builder.HasKey(command => command.Id);
        builder.Property(command => command.Outcome).IsLowerText();
    }
}
