using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>How all of it goes, and what it takes.</summary>
internal sealed class FigureTools(SwarmReports reports, UsageQueries usages, WorkflowMetrics metrics, AgentNames names, TimeProvider time) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("overview", "Tells in words how the agents are, what has failed and what is under way. A good first call.", KeyScopes.Read, [Full], OverviewAsync),
        new Tool("usage", "Tells what turns took in tokens, day by day (UTC): an agent's, or those of all.", KeyScopes.Read,
            [AgentName with { IsRequired = false }, Full], UsageAsync) { IsOfAgents = true, Rest = ["GET /agents/{id}/usage"] },
        new Tool("workflow_figures", "Tells how workflows went, by name: how many succeeded and failed, and how long they took.", KeyScopes.Read,
            [Text("window", "How far back, up to 30 days, for example 15m or 24h; default 24h."), Text("name", "Only this workflow."), Full], FiguresAsync) { IsOfHouse = true, Rest = ["GET /workflows/metrics"] },
    ];

    private async Task<ToolAnswer> OverviewAsync(ToolCall call) =>
        AnswerText.Words(call, $"{await reports.SwarmAsync(call.Caller, call.Cancelled)}\n{await reports.WorkflowsAsync(call.Caller, call.Cancelled)}");

    private async Task<ToolAnswer> UsageAsync(ToolCall call)
    {
        if (await names.FindIfNamedAsync(call) is { } agent)
        {
            var own = await usages.ReadAsync(agent.Id, call.Cancelled);
            return AnswerText.Of(call, AgentUsageResponse.From(agent, own, usages.TokensToday(own)));
        }

        if (call.Caller.Agents.Count > 0)
        {
            throw ToolRefusedException.Wrong(AgentName.Name, "agent is needed here: the key is for some agents alone.");
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var days = await usages.ReadAsync(call.Caller.Owner, agentId: null, today.AddDays(1 - UsageQueries.Shown), today, call.Cancelled);
        return AnswerText.List(call, "days", [.. days.Reverse()], hasMore: false, next: null);
    }

    private async Task<ToolAnswer> FiguresAsync(ToolCall call)
    {
        var window = WorkflowMetricsResponse.WindowOf(call.Text("window")) ?? throw ToolRefusedException.Wrong("window", WorkflowMetricsResponse.WindowRule);
        return AnswerText.Of(call, WorkflowMetricsResponse.From(window, await metrics.ReadAsync(window, call.Text("name"), call.Cancelled)));
    }
}
