using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Agents;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What wants a person.</summary>
public sealed record Attention(
    IReadOnlyList<AgentSummary> Agents, IReadOnlyList<AgentAlert> Alerts, IReadOnlyList<WorkflowLine> Workflows, IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>Of each kind; there is one more where there are more.</summary>
    public const int Shown = 8;

    public bool None => Agents.Count + Alerts.Count + Workflows.Count + Checks.Count == 0;

    /// <summary>Failed runs that are not the reason why an agent above has failed.</summary>
    public IEnumerable<WorkflowLine> OtherWorkflows => Workflows.Where(line => !Agents.Any(agent => agent.OperationWorkflow == line.Workflow.WorkflowUuid));
}
