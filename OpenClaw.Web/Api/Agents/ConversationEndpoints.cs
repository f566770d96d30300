using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Agents;

/// <summary>
/// What clients of the DBOS version read when a person opens an agent: the conversation that the REST API and the dashboard
/// talk in. An agent has one, whose id is the agent's.
/// </summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        var conversations = api.MapGroup("/conversations").WithTags("Conversations").ProducesProblems(400, 401, 404, 422, 503);
        conversations.MapGet("", List).WithSummary("Tell which conversation an agent has here; none before its first message").Produces<ConversationListResponse>();
        conversations.MapGet("/{id}/messages", Messages).WithSummary("List what was said in it last, oldest first").Produces<ConversationMessagesResponse>();
    }

    private static async Task<IResult> List(
        [FromQuery(Name = "agent_id")] Guid? agentId, int? limit, int? offset, ClaimsPrincipal user, AgentQueries agents, ConversationStore sessions, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var (most, skipped) = (rules.Limit(limit), rules.Offset(offset));
        rules.Require("agent_id", agentId);
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        if (await agents.FindAsync(agentId!.Value, user.ToCaller(), cancellationToken) is not { } agent)
        {
            return ProblemResult.AgentNotFound(agentId.Value);
        }

        var session = await sessions.FindAsync(agent.OpenclawSessionKey, user.ToCaller(), cancellationToken);
        ConversationResponse[] all = session is null ? [] : [ConversationResponse.Of(agent, session)];
        return TypedResults.Ok(new ConversationListResponse([.. all.Skip(skipped).Take(most)], all.Length, most, skipped));
    }

    private static async Task<IResult> Messages(Guid id, int? limit, int? offset, ClaimsPrincipal user, AgentQueries agents, ConversationStore sessions, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var (most, skipped) = (rules.Limit(limit), rules.Offset(offset));
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        if (await agents.FindAsync(id, user.ToCaller(), cancellationToken) is not { } agent)
        {
            return ProblemResult.AgentNotFound(id);
        }

        if (await sessions.FindAsync(agent.OpenclawSessionKey, user.ToCaller(), cancellationToken) is not { } session)
        {
            return TypedResults.Ok(new ConversationMessagesResponse([], 0));
        }

        var (messages, total) = await sessions.HistoryAsync(session, most, skipped, cancellationToken);
        return TypedResults.Ok(new ConversationMessagesResponse([.. messages.Select(ConversationMessageResponse.Of)], total));
    }
}

/// <param name="Id">The agent's id.</param>
/// <param name="AgentId">The agent.</param>
/// <param name="SessionKey">The key by which the gateway knows the conversation.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UpdatedAt">When something was said last.</param>
public sealed record ConversationResponse(Guid Id, Guid AgentId, string SessionKey, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static ConversationResponse Of(Agent agent, Session session) => new(agent.Id, agent.Id, session.Key, session.CreatedAt, session.UpdatedAt);
}

/// <param name="Conversations">One, or none yet.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">The page's size.</param>
/// <param name="Offset">How many were skipped.</param>
public sealed record ConversationListResponse(IReadOnlyList<ConversationResponse> Conversations, int Total, int Limit, int Offset);

/// <param name="Id">The message's id.</param>
/// <param name="Role">user or assistant, which is the agent.</param>
/// <param name="Content">The text.</param>
/// <param name="Timestamp">When it was said.</param>
public sealed record ConversationMessageResponse(Guid Id, string Role, string Content, DateTimeOffset Timestamp)
{
    internal static ConversationMessageResponse Of(Message message) => new(message.Id, Addresses.IsAgent(message.Sender) ? "assistant" : "user", message.Content, message.CreatedAt);
}

/// <param name="Messages">The last ones, oldest first.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record ConversationMessagesResponse(IReadOnlyList<ConversationMessageResponse> Messages, long Total);
