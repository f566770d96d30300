using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Api.Workflows;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Agents;

/// <summary>What has become of an agent: its beats, checkpoints, messages and workflows.</summary>
internal static class AgentHistoryEndpoints
{
    public static void MapAgentHistory(this IEndpointRouteBuilder api)
    {
        var agent = api.MapGroup("/agents/{id}").WithTags("Agents").ProducesProblems(400, 401, 404, 422, 503);
        agent.MapGet("/heartbeats", Heartbeats).WithSummary("List an agent's heartbeats, newest first").Produces<HeartbeatListResponse>();
        agent.MapGet("/checkpoints", Checkpoints).WithSummary("List an agent's checkpoints, newest first").Produces<CheckpointListResponse>();
        agent.MapGet("/messages", Messages).WithSummary("List an agent's messages, newest first").Produces<MessageListResponse>();
        agent.MapGet("/usage", Usage).WithSummary("Tell what an agent's turns took, day by day").Produces<AgentUsageResponse>();
        agent.MapGet("/workflows/summary", Summary).WithSummary("Tell how an agent is, and how its workflows went within a day").Produces<AgentWorkflowSummaryResponse>();
        agent.MapGet("/workflows", Workflows).WithSummary("List an agent's workflows, newest first").Produces<WorkflowListResponse>();
    }

    private static Task<IResult> Heartbeats(Guid id, int? limit, Guid? cursor, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken) => ListAsync(
        id, limit, user.ToCaller(), agents,
        async page => HeartbeatListResponse.From(await agents.HeartbeatsAsync(id, cursor, page, cancellationToken), page),
        cancellationToken);

    private static Task<IResult> Checkpoints(Guid id, int? limit, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken) => ListAsync(
        id, limit, user.ToCaller(), agents,
        async page => new CheckpointListResponse([.. (await agents.CheckpointsAsync(id, page, cancellationToken)).Select(CheckpointResponse.From)]),
        cancellationToken);

    private static Task<IResult> Messages(Guid id, int? limit, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken) => ListAsync(
        id, limit, user.ToCaller(), agents,
        async page => new MessageListResponse([.. (await agents.MessagesAsync(id, page, cancellationToken)).Select(MessageResponse.FromMessage)]),
        cancellationToken);

    private static Task<IResult> Workflows(
        Guid id, int? limit, Guid? cursor, ClaimsPrincipal user, AgentQueries agents, WorkflowQueries workflows, CancellationToken cancellationToken) => ListAsync(
        id, limit, user.ToCaller(), agents,
        async page => WorkflowListResponse.From(
            await workflows.ListAsync(new WorkflowFilter(Status: null, Name: null, id, Since: null, cursor), user.ToCaller().Owner, page, cancellationToken), page),
        cancellationToken);

    private static async Task<IResult> Usage(Guid id, ClaimsPrincipal user, AgentQueries agents, UsageQueries usages, CancellationToken cancellationToken)
    {
        if (await agents.FindAsync(id, user.ToCaller(), cancellationToken) is not { } agent)
        {
            return ProblemResult.AgentNotFound(id);
        }

        var days = await usages.ReadAsync(id, cancellationToken);
        return TypedResults.Ok(AgentUsageResponse.From(agent, days, usages.TokensToday(days)));
    }

    private static async Task<IResult> Summary(Guid id, ClaimsPrincipal user, AgentQueries agents, AgentWorkflows workflows, CancellationToken cancellationToken) =>
        await agents.FindAsync(id, user.ToCaller(), cancellationToken) is { } agent
            ? TypedResults.Ok(AgentWorkflowSummaryResponse.From(agent, await workflows.ReadAsync(id, cancellationToken)))
            : ProblemResult.AgentNotFound(id);

    private static async Task<IResult> ListAsync<T>(
        Guid id, int? limit, Caller caller, AgentQueries agents, Func<int, Task<T>> list, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        return await agents.FindAsync(id, caller, cancellationToken) is null ? ProblemResult.AgentNotFound(id) : TypedResults.Ok(await list(page));
    }
}
