using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.IssueWork;

/// <summary>An agent's work on an issue.</summary>
public sealed class WorkItem
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary><c>owner/name</c>; empty when nobody said.</summary>
    public required string Repository { get; init; }

    public required int IssueNumber { get; init; }

    /// <summary>Null until one is spawned.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>The run that follows the work.</summary>
    public required Guid WorkflowUuid { get; init; }

    /// <summary>There is one active work for each issue of a repository.</summary>
    public required WorkState State { get; set; }

    /// <summary>What the agent reported last; null before.</summary>
    public string? Stage { get; set; }

    /// <summary>What it said of it.</summary>
    public string? Detail { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public string Issue => Repository.Length == 0 ? $"issue #{IssueNumber}" : $"issue #{IssueNumber} in {Repository}";
}

/// <summary>Stored in snake_case: never rename one.</summary>
public enum WorkState
{
    Active,
    Done,
    Failed,
    Stopped,
}

internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work_items");
        builder.HasKey(item => item.Id);
        builder.Property(item => item.State).IsLowerText();
        builder.Ignore(item => item.Issue);
    }
}
