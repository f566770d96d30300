using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>A run in a list.</summary>
/// <param name="Workflow">The run.</param>
/// <param name="AgentName">The agent's name; null when the run is about none, or it is gone.</param>
/// <param name="Error">Why it ended, if without success.</param>
public sealed record WorkflowLine(Workflow Workflow, string? AgentName, WorkflowError? Error)
{
    public static WorkflowLine From(Workflow workflow, IReadOnlyDictionary<Guid, string> names) => new(
        workflow,
        workflow.AgentId is { } agent ? names.GetValueOrDefault(agent) : null,
        workflow.Error is null ? null : WorkflowJson.Read<WorkflowError>(workflow.Error));
}
