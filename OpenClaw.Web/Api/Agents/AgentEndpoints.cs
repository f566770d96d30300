using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Operations;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Agents;

/// <summary>Agents and their lifecycle.</summary>
internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents").ProducesProblems(400, 401, 503);
        agents.MapPost("", Create).WithSummary("Create an agent, to be provisioned later").Produces<AgentResponse>(201).ProducesProblems(413, 415, 422);
        agents.MapPost("/provision", CreateAndProvision).WithSummary("Create an agent and provision it").ProducesOperation(201).ProducesProblems(413, 415, 422);
        agents.MapGet("", List).WithSummary("List agents, newest first").Produces<AgentListResponse>().ProducesProblems(422);
        agents.MapGet("/{id}", Get).WithSummary("Get an agent").Produces<AgentResponse>().ProducesProblems(404);
        agents.MapPatch("/{id}/settings", UpdateSettings).WithSummary("Change an agent's settings").Produces<AgentResponse>().ProducesProblems(404, 409, 413, 415, 422);
        agents.MapDelete("/{id}", Stop).WithSummary("Stop an agent for good").Produces(204).ProducesOperation(202).ProducesProblems(404, 409);
        agents.MapPost("/{id}/provision", Provision).WithSummary("Provision an agent that is new or has failed").ProducesOperation(200).ProducesProblems(404, 409, 422);
        agents.MapPost("/{id}/pause", Pause).WithSummary("Pause a running agent and keep its state").ProducesOperation(200).ProducesProblems(404, 409, 422);
        agents.MapPost("/{id}/resume", Resume).WithSummary("Resume a paused agent from a checkpoint").ProducesOperation(200).ProducesProblems(404, 409, 413, 415, 422);
        agents.MapPost("/{id}/heartbeat", Beat).WithSummary("Beat an agent's heart now").ProducesOperation<HeartbeatDoneResponse>(200).ProducesProblems(404, 409, 422);
        agents.MapPost("/{id}/message", Send).WithSummary("Send a message to an agent").Produces<MessageExchangeResponse>().Produces<MessageExchangeResponse>(202).WithMetadata(new WaitsForWorkflow()).ProducesProblems(404, 409, 413, 415, 422, 502);
    }

    private static async Task<IResult> Create(CreateAgentRequest request, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.CreateAsync(request.ToNewAgent(), call.Caller, call.Key, call.Cancelled), Created);

    private static async Task<IResult> CreateAndProvision(CreateAgentRequest request, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.CreateAndProvisionAsync(request.ToNewAgent(), call.Caller, call.Key, call.Cancelled), Created);

    private static async Task<IResult> List([AsParameters] AgentListQuery query, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var (status, limit, offset) = (rules.OneOf<AgentStatus>("status", query.Status), rules.Limit(query.Limit), rules.Offset(query.Offset));
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        var (page, total) = await agents.ListAsync(status, limit, offset, user.ToCaller(), cancellationToken);
        return TypedResults.Ok(new AgentListResponse([.. page.Select(AgentResponse.From)], total, limit, offset));
    }

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken) =>
        await agents.FindAsync(id, user.ToCaller(), cancellationToken) is { } agent ? TypedResults.Ok(AgentResponse.From(agent)) : ProblemResult.AgentNotFound(id);

    private static async Task<IResult> UpdateSettings(Guid id, UpdateAgentSettingsRequest request, [AsParameters] AgentCall call, AgentQueries agents) =>
        await call.Agents.UpdateSettingsAsync(id, request.ToSettings(), call.Caller, call.Cancelled) is Decision<Guid>.Refused refused
            ? ProblemResult.Of(refused.Refusal)
            : await Get(id, call.User, agents, call.Cancelled);

    private static async Task<IResult> Stop(Guid id, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.StopAsync(id, call.Caller, call.Key, call.Cancelled), _ => TypedResults.NoContent());

    private static async Task<IResult> Provision(Guid id, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.ProvisionAsync(id, call.Caller, call.Key, call.Cancelled), TypedResults.Ok);

    private static async Task<IResult> Pause(Guid id, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.PauseAsync(id, call.Caller, call.Key, call.Cancelled), TypedResults.Ok);

    private static async Task<IResult> Resume(Guid id, [FromBody] ResumeAgentRequest? request, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.ResumeAsync(id, request?.Checkpoint, call.Caller, call.Key, call.Cancelled), TypedResults.Ok);

    private static async Task<IResult> Beat(Guid id, [AsParameters] AgentCall call) =>
        await call.AnswerAsync(await call.Agents.HeartbeatAsync(id, call.Caller, call.Key, call.Cancelled), agent => TypedResults.Ok(new HeartbeatDoneResponse(agent)));

    private static async Task<IResult> Send(Guid id, SendMessageRequest request, [AsParameters] AgentCall call, MessageAnswers answers)
    {
        var message = request.ToNewMessage(call.Caller);
        return (request.Contradiction ?? MessageRules.CheckSender(message, call.Caller)) is { } wrong
            ? ProblemResult.Of(wrong)
            : await answers.AnswerAsync(await call.Agents.SendMessageAsync(id, message, call.Caller, call.Key, call.Cancelled), call.Context, request.Patience);
    }

    private static IResult Created(AgentResponse agent) => TypedResults.Created(ApiComposition.AgentAddress(agent.Id), agent);
}
