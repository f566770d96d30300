using System.Text.Json;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>One run of a workflow.</summary>
public sealed record WorkflowResponse
{
    public required Guid WorkflowUuid { get; init; }

    public required string Name { get; init; }

    public required int Version { get; init; }

    public required WorkflowMode Mode { get; init; }

    /// <summary>ENQUEUED, PENDING, SUCCESS, ERROR, CANCELLED or RETRIES_EXCEEDED.</summary>
    public required string Status { get; init; }

    public required Guid? AgentId { get; init; }

    public required string Owner { get; init; }

    public required JsonElement? Request { get; init; }

    public required JsonElement? Output { get; init; }

    public required JsonElement? Error { get; init; }

    /// <summary>Index of the step that runs next.</summary>
    public required int NextStep { get; init; }

    /// <summary>The process that runs a step of it at the moment.</summary>
    public required string? ExecutorId { get; init; }

    /// <summary>How often it was taken over from a process that died.</summary>
    public required int RecoveryAttempts { get; init; }

    public required Guid? ParentUuid { get; init; }

    public required Guid? ForkedFrom { get; init; }

    public required DateTimeOffset? DeadlineAt { get; init; }

    public required DateTimeOffset? CancelRequestedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? CompletedAt { get; init; }

    internal static WorkflowResponse From(Workflow workflow) => new()
    {
        WorkflowUuid = workflow.WorkflowUuid,
        Name = workflow.Name,
        Version = workflow.Version,
        Mode = workflow.Mode,
        Status = EnumText.ToUpper(workflow.Status),
        AgentId = workflow.AgentId,
        Owner = workflow.Owner,
        Request = RawJson.Parse(workflow.Request),
        Output = RawJson.Parse(workflow.Output),
        Error = RawJson.Parse(workflow.Error),
        NextStep = workflow.NextStep,
        ExecutorId = workflow.ExecutorId,
        RecoveryAttempts = workflow.RecoveryAttempts,
        ParentUuid = workflow.ParentUuid,
        ForkedFrom = workflow.ForkedFrom,
        DeadlineAt = workflow.DeadlineAt,
        CancelRequestedAt = workflow.CancelRequestedAt,
        CreatedAt = workflow.CreatedAt,
        UpdatedAt = workflow.UpdatedAt,
        StartedAt = workflow.StartedAt,
        CompletedAt = workflow.CompletedAt,
    };
}

/// <param name="Workflows">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
public sealed record WorkflowListResponse(IReadOnlyList<WorkflowResponse> Workflows, Guid? NextCursor)
{
    internal static WorkflowListResponse From(IReadOnlyList<Workflow> page, int limit) =>
        new([.. page.Select(WorkflowResponse.From)], page.Count == limit ? page[^1].WorkflowUuid : null);
}

/// <summary>The checkpoint of one step.</summary>
public sealed record StepResponse(
    int FunctionId, string FunctionName, JsonElement? Output, JsonElement? Error, int Attempts, int Failures, string? ExecutorId,
    string? JobId, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt)
{
    internal static StepResponse From(WorkflowStep step) => new(
        step.FunctionId, step.FunctionName, RawJson.Parse(step.Output), RawJson.Parse(step.Error), step.Attempts, step.Failures, step.ExecutorId,
        step.JobId, step.StartedAt, step.CompletedAt);
}

/// <param name="Steps">In the order of the workflow.</param>
public sealed record StepListResponse(IReadOnlyList<StepResponse> Steps);

/// <summary>One line of a workflow's log.</summary>
public sealed record WorkflowEventResponse(long Seq, string Kind, string? Step, string Actor, string? Reason, JsonElement? Data, DateTimeOffset CreatedAt)
{
    internal static WorkflowEventResponse From(WorkflowEvent entry) =>
        new(entry.Seq, entry.Kind, entry.Step, entry.Actor, entry.Reason, RawJson.Parse(entry.Data), entry.CreatedAt);
}

/// <param name="Events">Oldest first.</param>
public sealed record WorkflowEventListResponse(IReadOnlyList<WorkflowEventResponse> Events);

/// <param name="About">Which run.</param>
/// <param name="Now">How it stands, with the reason.</param>
/// <param name="Kept">What of it is done for good; null for nothing.</param>
/// <param name="Happened">Oldest first.</param>
/// <param name="ToDo">What a person can do.</param>
/// <param name="Text">All of it, to be shown as it is.</param>
public sealed record WorkflowStoryResponse(string About, string Now, string? Kept, IReadOnlyList<string> Happened, string ToDo, string Text)
{
    internal static WorkflowStoryResponse From(WorkflowStory story) => new(story.About, story.Now, story.Kept, story.Happened, story.ToDo, story.ToString());
}
