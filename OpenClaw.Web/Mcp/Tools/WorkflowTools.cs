using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Runs of workflows, and why they stand as they do.</summary>
internal sealed class WorkflowTools(WorkflowQueries workflows, WorkflowStories stories, AgentNames names) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_workflows", "Lists workflows, newest first. With want_a_person: true those that ended without success and that nobody has taken up.", KeyScopes.Read,
            [
                AgentName with { IsRequired = false },
                Text("status", "ENQUEUED, PENDING, SUCCESS, ERROR, CANCELLED or RETRIES_EXCEEDED."),
                Text("name", "For example provision_agent or route_message."),
                Text("since", "Created at this time or later, such as 2030-01-31T08:00:00Z."),
                Flag("want_a_person", "true: only those, of all agents; it goes with limit and cursor alone."),
                Limit,
                Cursor,
                Full,
            ],
            ListAsync) { IsOfAgents = true, Rest = ["GET /workflows", "GET /workflows/failed", "GET /agents/{id}/workflows"] },
        new Tool("get_workflow", "Tells how a workflow stands, with its steps.", KeyScopes.Read, [WorkflowId, Full], GetAsync) { IsOfAgents = true, Rest = ["GET /workflows/{uuid}", "GET /workflows/{uuid}/steps"] },
        new Tool("workflow_log", "Tells what happened to a workflow, event by event, oldest first. For the story in words ask why.", KeyScopes.Read, [WorkflowId, Full], LogAsync) { IsOfAgents = true, Rest = ["GET /workflows/{uuid}/events"] },
        new Tool("why", "Tells in words what became of a workflow, why it failed or waits, and what to do. Name the workflow, or an agent for the last one of it that failed.", KeyScopes.Read,
            [WorkflowId with { IsRequired = false }, AgentName with { IsRequired = false }, Full], WhyAsync) { IsOfAgents = true, Rest = ["GET /workflows/{uuid}/why"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var (status, limit, cursor, name, since) = (rules.OneOf<WorkflowStatus>("status", call.Text("status")), rules.Limit(call.Number("limit")), call.Id("cursor"), call.Text("name"), call.Instant("since"));
        ToolCall.Require(rules.Problem);
        var agent = await names.FindIfNamedAsync(call);
        if (agent is null && call.Caller.Agents.Count > 0)
        {
            throw ToolRefusedException.Wrong(AgentName.Name, "agent is needed here: the key is for some agents alone.");
        }

        if (call.Flag("want_a_person") is not true)
        {
            return Page(call, await workflows.ListAsync(new WorkflowFilter(status, name, agent?.Id, since, cursor), call.Caller.Owner, limit, call.Cancelled), limit);
        }

        return agent is null && status is null && name is null && since is null
            ? Page(call, await workflows.FailedAsync(call.Caller.Owner, cursor, limit, call.Cancelled), limit)
            : throw ToolRefusedException.Wrong("want_a_person", "want_a_person goes with limit and cursor alone; leave agent, status, name and since out, or it.");
    }

    private async Task<ToolAnswer> GetAsync(ToolCall call)
    {
        var workflow = await FindAsync(workflows, call);
        var steps = await workflows.StepsAsync(workflow.WorkflowUuid, call.Cancelled);
        return AnswerText.Of(call, new WorkflowWithSteps(WorkflowResponse.From(workflow), [.. steps.Select(StepResponse.From)]));
    }

    private async Task<ToolAnswer> LogAsync(ToolCall call)
    {
        var events = await workflows.EventsAsync((await FindAsync(workflows, call)).WorkflowUuid, call.Cancelled);
        return AnswerText.List(call, "events", [.. events.Select(WorkflowEventResponse.From)], hasMore: false, next: null);
    }

    private async Task<ToolAnswer> WhyAsync(ToolCall call)
    {
        if (call.Id(WorkflowId.Name) is not null)
        {
            return AnswerText.Words(call, (await stories.TellAsync(await FindAsync(workflows, call), call.Cancelled)).ToString());
        }

        var agent = await names.FindIfNamedAsync(call) ?? throw ToolRefusedException.Wrong(WorkflowId.Name, "workflow or agent is needed here.");
        return await LastOfAsync(agent, call) is { } workflow
            ? AnswerText.Words(call, (await stories.TellAsync(workflow, call.Cancelled)).ToString())
            : AnswerText.Words(call, $"No workflow of \"{agent.Name}\" has failed.");
    }

    private async Task<Workflow?> LastOfAsync(Agent agent, ToolCall call)
    {
        var last = new List<Workflow>();
        foreach (var status in new[] { WorkflowStatus.Error, WorkflowStatus.RetriesExceeded })
        {
            last.AddRange(await workflows.ListAsync(new WorkflowFilter(status, Name: null, agent.Id, Since: null, Before: null), call.Caller.Owner, 1, call.Cancelled));
        }

        return last.MaxBy(workflow => workflow.WorkflowUuid);
    }

    /// <summary>The run that the call names; what belongs to an agent that is not the key's is not there.</summary>
    internal static async Task<Workflow> FindAsync(WorkflowQueries workflows, ToolCall call)
    {
        var uuid = call.Id(WorkflowId.Name)!.Value;
        var found = await workflows.FindAsync(uuid, call.Caller.Owner, call.Cancelled);
        return found is not null && (call.Caller.Agents.Count == 0 || (found.AgentId is { } agent && call.Caller.May(agent)))
            ? found
            : throw new ToolRefusedException("workflow_not_found", $"There is no workflow {uuid}.");
    }

    private static ToolAnswer Page(ToolCall call, List<Workflow> page, int limit) =>
        AnswerText.List(call, "workflows", [.. page.Select(WorkflowLine.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].WorkflowUuid}");

    private sealed record WorkflowWithSteps(WorkflowResponse Workflow, IReadOnlyList<StepResponse> Steps);

    private sealed record WorkflowLine(Guid WorkflowUuid, string Name, string Status, Guid? AgentId, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt)
    {
        public static WorkflowLine From(Workflow workflow) => new(
            workflow.WorkflowUuid, workflow.Name, EnumText.ToUpper(workflow.Status), workflow.AgentId,
            workflow.Error is null ? null : WorkflowJson.Read<WorkflowError>(workflow.Error).Message, workflow.CreatedAt, workflow.CompletedAt);
    }
}
