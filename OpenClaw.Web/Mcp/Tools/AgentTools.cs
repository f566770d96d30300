using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Health;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What there is of agents.</summary>
internal sealed class AgentTools(AgentQueries agents, AgentWorkflows workflows, AgentNames names) : IToolbox
{
    private static readonly ToolArgument Offset = Number("offset", "How many to skip.");

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_agents", "Lists agents, newest first: id, name, status, model, what is under way, and what is wrong.", KeyScopes.Read,
            [Text("status", "Only those that are provisioning, running, paused, stopped or failed."), Limit, Offset, Full], ListAsync) { IsOfAgents = true, Rest = ["GET /agents"] },
        new Tool("get_agent", "Tells all about an agent: its settings, its heartbeat, and whether it is well.", KeyScopes.Read, [AgentName, Full], GetAsync) { IsOfAgents = true, Rest = ["GET /agents/{id}", "GET /agents/{id}/workflows/summary"] },
        new Tool("list_heartbeats", "Lists an agent's heartbeats, newest first, with what each found.", KeyScopes.Read, [AgentName, Limit, Cursor, Full], HeartbeatsAsync) { IsOfAgents = true, Rest = ["GET /agents/{id}/heartbeats"] },
        new Tool("list_checkpoints", "Lists the states that an agent was paused in; resume_agent can go back to one by its number.", KeyScopes.Read, [AgentName, Limit, Full], CheckpointsAsync) { IsOfAgents = true, Rest = ["GET /agents/{id}/checkpoints"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var (status, limit, offset) = (rules.OneOf<AgentStatus>("status", call.Text("status")), rules.Limit(call.Number("limit")), rules.Offset(call.Number("offset")));
        ToolCall.Require(rules.Problem);
        var (page, total) = await agents.ListAsync(status, limit, offset, call.Caller, call.Cancelled);
        return AnswerText.List(call, "agents", [.. page.Select(AgentLine.From)], offset + page.Count < total, shown => $"offset: {offset + shown}", ("total", total));
    }

    private async Task<ToolAnswer> GetAsync(ToolCall call)
    {
        var agent = await names.FindAsync(call);
        var summary = AgentWorkflowSummaryResponse.From(agent, await workflows.ReadAsync(agent.Id, call.Cancelled));
        return AnswerText.Of(call, new AgentWithHealth(summary.Health, summary.Reasons, AgentResponse.From(agent)));
    }

    private async Task<ToolAnswer> HeartbeatsAsync(ToolCall call)
    {
        var (limit, cursor) = (call.Limit(), call.Id("cursor"));
        var beats = await agents.HeartbeatsAsync((await names.FindAsync(call)).Id, cursor, limit, call.Cancelled);
        return AnswerText.List(call, "heartbeats", [.. beats.Select(HeartbeatResponse.From)], beats.Count == limit, shown => $"cursor: {beats[shown - 1].Id}");
    }

    private async Task<ToolAnswer> CheckpointsAsync(ToolCall call)
    {
        var limit = call.Limit();
        var checkpoints = await agents.CheckpointsAsync((await names.FindAsync(call)).Id, limit, call.Cancelled);
        return AnswerText.List(call, "checkpoints", [.. checkpoints.Select(CheckpointResponse.From)], checkpoints.Count == limit, next: null);
    }

    private sealed record AgentWithHealth(CheckStatus Health, IReadOnlyList<string> Reasons, AgentResponse Agent);

    private sealed record AgentLine(Guid Id, string Name, AgentStatus Status, AgentOperation? Operation, string Model, DateTimeOffset? NextHeartbeatAt, DateTimeOffset? DegradedAt, string? ErrorMessage)
    {
        public static AgentLine From(Agent agent) =>
            new(agent.Id, agent.Name, agent.Status, agent.Operation, agent.Model, agent.NextHeartbeatAt, agent.DegradedAt, agent.ErrorMessage);
    }
}
