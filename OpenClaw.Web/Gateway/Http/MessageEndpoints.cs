using System.Security.Claims;
using System.Text.Json;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>The DBOS version's own way in: <c>POST /messages {id?, from, to, content, metadata}</c>.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/messages", Send).WithTags("Gateway").WithSummary("Send a message to an agent, by name or id")
            .Produces<MessageResponse>(StatusCodes.Status202Accepted).ExcludeFromDescription();

    private static async Task<IResult> Send(
        RoutedMessage message, ClaimsPrincipal user, AgentService agents, MessageDirectory messages, TargetResolver targets, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        if (string.IsNullOrWhiteSpace(message.To))
            return ProblemResult.Of(new Refusal.Invalid(new Dictionary<string, string[]> { ["to"] = ["to must name an agent: agent:NAME, agent:UUID or a session key."] }));

        RunTarget target;
        try
        {
            target = await targets.ResolveAsync(null, MessageMethods.Recipient(message.To), "messages", caller, cancellationToken);
        }
        catch (GatewayException unknown)
        {
            return ProblemResult.Of(new Refusal.NotFound("agent_not_found", unknown.Message));
        }

        var stored = new NewMessage(message.Id, message.From ?? GatewayRuns.Sender, message.Content, message.Metadata, target.SessionKey);
        return await agents.SendMessageAsync(target.Agent.Id, stored, caller, key: null, cancellationToken) switch
        {
            Decision<AcceptedMessage>.Accepted { Value: var accepted } =>
                TypedResults.Json(MessageResponse.FromMessage((await messages.FindAsync(accepted.MessageId, caller, cancellationToken))!), statusCode: StatusCodes.Status202Accepted),
            Decision<AcceptedMessage>.Refused { Refusal: var refusal } => ProblemResult.Of(refusal),
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
    }

    internal sealed record RoutedMessage(string? Id, string? From, string? To, string? Content, JsonElement? Metadata);
}
