using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Api.Agents;

/// <param name="AgentId">The agent.</param>
/// <param name="Health">failed when the agent is; degraded when its beats fail or the last run of a workflow did; else ok.</param>
/// <param name="Reasons">Why it is not ok.</param>
/// <param name="WindowSeconds">How far back the figures go.</param>
/// <param name="Workflows">By name.</param>
public sealed record AgentWorkflowSummaryResponse(
    Guid AgentId, CheckStatus Health, IReadOnlyList<string> Reasons, double WindowSeconds, IReadOnlyList<AgentWorkflowFiguresResponse> Workflows)
{
    internal static AgentWorkflowSummaryResponse From(Agent agent, IReadOnlyList<AgentWorkflowFigures> figures)
    {
        List<string> reasons =
        [
            .. agent.Status is AgentStatus.Failed ? [$"The agent has failed: {agent.ErrorMessage}"] : Array.Empty<string>(),
            .. agent.DegradedAt is not null ? [$"{agent.HeartbeatFailures} heartbeats in a row have failed."] : Array.Empty<string>(),
            .. figures.Where(workflow => workflow.Last is WorkflowStatus.Error or WorkflowStatus.RetriesExceeded)
                .Select(workflow => $"The last {workflow.Name} ended as {EnumText.ToUpper(workflow.Last!.Value)}."),
        ];
        var health = agent.Status is AgentStatus.Failed ? CheckStatus.Failed : reasons.Count > 0 ? CheckStatus.Degraded : CheckStatus.Ok;
        return new AgentWorkflowSummaryResponse(
            agent.Id, health, reasons, AgentWorkflows.Window.TotalSeconds, [.. figures.Select(AgentWorkflowFiguresResponse.From)]);
    }
}

/// <summary>How an agent's runs of one workflow went; success_rate is of those that ended by themselves, last_status of the last one that has ended.</summary>
public sealed record AgentWorkflowFiguresResponse(
    string Name, long Total, long Succeeded, long Failed, long Cancelled, long Pending, double? SuccessRate, double? AverageMs, string? LastStatus, DateTimeOffset LastStartedAt)
{
    internal static AgentWorkflowFiguresResponse From(AgentWorkflowFigures figures) => new(
        figures.Name, figures.Succeeded + figures.Failed + figures.Cancelled + figures.Pending, figures.Succeeded, figures.Failed, figures.Cancelled, figures.Pending,
        figures.Succeeded + figures.Failed == 0 ? null : Math.Round((double)figures.Succeeded / (figures.Succeeded + figures.Failed), 4),
        figures.AverageMs, figures.Last is { } last ? EnumText.ToUpper(last) : null, figures.LastStartedAt);
}
