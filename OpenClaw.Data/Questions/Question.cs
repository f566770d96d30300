using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Questions;

/// <summary>What an owner is asked, with choices. It waits for days, is answered once, and has an end.</summary>
public sealed class Question
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>With the owner it names the question: the same one is asked once.</summary>
    public required string Key { get; init; }

    public required QuestionAsker Asker { get; init; }

    /// <summary>Null where it is about all agents of the owner.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>The run whose step waits for the answer.</summary>
    public Guid? WorkflowUuid { get; init; }

    public required string Text { get; init; }

    public required string[] Choices { get; init; }

    /// <summary>What counts when nobody answers in time; null for nothing.</summary>
    public string? DefaultChoice { get; init; }

    /// <summary>The agent is sent a message when it ends.</summary>
    public bool TellsAgent { get; init; }

    /// <summary>What the asker needs to act on an answer, as JSON.</summary>
    public string? Context { get; init; }

    public QuestionState State { get; init; }

    /// <summary>One of the choices.</summary>
    public string? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required string AskedBy { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When the owner is told again; null when that was done.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the asker has something left to do about the answer; null when it has not.</summary>
    public DateTimeOffset? FollowUpAt { get; init; }
}

/// <summary>Who waits for an answer. Stored by its name: never rename one.</summary>
public enum QuestionAsker
{
    Agent,
    Workflow,
    Budget,
}

/// <summary>How far a question is. Stored by its name: never rename one.</summary>
public enum QuestionState
{
    Open,
    Answered,

    /// <summary>Nobody answered in time: the default counts, if it has one.</summary>
    Expired,

    /// <summary>Nobody needs an answer any more.</summary>
    Cancelled,
}

internal sealed class QuestionConfiguration : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> builder)
    {
        builder.ToTable("questions");
        builder.HasKey(question => question.Id);
        builder.Property(question => question.Asker).IsLowerText();
        builder.Property(question => question.State).IsLowerText();
        builder.Property(question => question.Context).HasColumnType("jsonb");
    }
}
