using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Agents;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What wants a person.</summary>
public sealed record Attention(
    IReadOnlyList<AgentSummary> Agents, IReadOnlyList<AgentAlert> Alerts, IReadOnlyList<WorkflowLine> Workflows, IReadOnlyList<HealthCheck> Checks, IReadOnlyList<AgentLoop> Loops)
{
    /// <summary>Causes, or alerts, of each kind.</summary>
    public const int Shown = 8;

    /// <summary>Causes of each kind that are not folded.</summary>
    public const int Unfolded = 3;

    /// <summary>Of each kind that are looked at for their causes; there is one more where there are more.</summary>
    public const int Looked = PageSizes.Most;

    public bool None => Agents.Count + Alerts.Count + Workflows.Count + Checks.Count + Loops.Count == 0;

    public IReadOnlyList<TroubleGroup<AgentSummary>> AgentGroups => TroubleGroups.Of(Agents.Take(Looked));

    /// <summary>Failed runs that are not the reason why an agent above has failed.</summary>
    public IReadOnlyList<TroubleGroup<WorkflowLine>> WorkflowGroups =>
        TroubleGroups.Of(Workflows.Take(Looked).Where(line => !Agents.Any(agent => agent.OperationWorkflow == line.Workflow.WorkflowUuid)));
}
