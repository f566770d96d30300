namespace OpenClaw.Jobs.Engine;

/// <summary>Which runs a list shows.</summary>
/// <param name="Limit">The page's size.</param>
public sealed record WorkflowSearch(int Limit)
{
    /// <summary>The run's id, or part of why it ended without success; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>Any of them; none for all.</summary>
    public IReadOnlyList<WorkflowStanding> Standings { get; init; } = [];

    /// <summary>Of the workflow; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>The name of a workflow of which only failed runs are wanted; null for none.</summary>
    public string? Without { get; init; }

    /// <summary>Null for all.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Started then or later; null for all.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Ended then or later, or open; null for all.</summary>
    public DateTimeOffset? EndedSince { get; init; }

    /// <summary>Ended within the time that begins then; null for all.</summary>
    public (DateTimeOffset Begin, TimeSpan Length)? EndedIn { get; init; }

    /// <summary>The last run of the page before; null for the first page.</summary>
    public Guid? Before { get; init; }
}
