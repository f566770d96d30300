using System.Text.Json;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>A run with all that is known of it.</summary>
public sealed record WorkflowDetail(WorkflowLine Line, IReadOnlyList<WorkflowStep> Steps, IReadOnlyList<WorkflowEvent> Events)
{
    public Workflow Workflow => Line.Workflow;

    public bool IsOpen => Workflow.Status is WorkflowStatus.Enqueued or WorkflowStatus.Pending;

    /// <summary>Whether a person may have it run anew from there.</summary>
    public bool CanForkFrom(WorkflowStep step) => !IsOpen && step.FunctionId <= Workflow.NextStep;

    /// <summary>A forked run takes over the steps before its first.</summary>
    public bool IsTakenOver(WorkflowStep step) => step.CompletedAt is { } end && end < Workflow.CreatedAt;

    public static TimeSpan? RetryIn(WorkflowEvent entry)
    {
        if (entry.Data is null)
        {
            return null;
        }

        using var data = JsonDocument.Parse(entry.Data);
        return data.RootElement.TryGetProperty("retry_in_seconds", out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : null;
    }
}
