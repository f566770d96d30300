namespace OpenClaw.Data.Scheduling;

/// <summary>A message that an agent is sent on schedule.</summary>
public sealed class ScheduledPrompt
{
    public required Guid Id { get; init; }

    public required Guid AgentId { get; init; }

    /// <summary>Null: the agent's main conversation.</summary>
    public string? SessionKey { get; set; }

    public required string Name { get; set; }

    public required string Message { get; set; }

    public required PromptSchedule Schedule { get; set; }

    public bool Enabled { get; set; }

    /// <summary>It is removed when it has been sent on schedule once.</summary>
    public bool DeleteAfterRun { get; set; }

    /// <summary>The Hangfire job that sends a prompt with an instant; null when it has been sent, and for recurring ones.</summary>
    public string? JobId { get; set; }

    public DateTimeOffset? LastRunAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
