using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>An agent's work on an issue, from the agent that takes it to what became of it. The agent says itself how far it is.</summary>
public static class WorkOnIssueWorkflow
{
    public const string Name = "work_on_issue";

    /// <summary>An agent that has not said by then that it is done has lost it.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromHours(24);

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Chained(Name, version: 1, Queues.Agents)
        .Database<SpawnAgentStep>("spawn_agent")
        .Database<NotifySpawnedStep>("notify_spawned")
        .Database<SendTaskStep>("send_task")
        .Database<AwaitProgressStep>("await_progress")
        .Database<NotifyDoneStep>("notify_done")
        .Within(TimeLimit)
        .WithHooks<WorkHooks>();
}

/// <summary>Stored with a work_on_issue run.</summary>
/// <param name="WorkItemId">The work.</param>
/// <param name="Model">What its new agent runs on; null where an agent was named, and in runs of an older build.</param>
public sealed record WorkOnIssueRequest(Guid WorkItemId, string? Model = null);
