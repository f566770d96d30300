using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Gateway.Inboxes;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>The DBOS version's own way in: <c>POST /messages {id?, from, to, content, metadata, ttl_seconds?}</c>.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/messages", Send).ExcludeFromDescription();

    private static async Task<IResult> Send(RoutedMessage message, ClaimsPrincipal user, RoutedMessages routed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(message.To))
        {
            return ProblemResult.Of(Refusal.Invalid.Of("to", "to must name an agent (agent:NAME, agent:UUID or a session key), a client (client:ID) or a channel address."));
        }

        var sent = new NewMessage(
            message.Id, message.From ?? GatewayRuns.Sender, message.Content, message.Metadata, TimeToLive: message.TtlSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        try
        {
            return (await routed.SendAsync(message.To, sent, user.ToCaller(), cancellationToken)).Match<IResult>(
                stored => TypedResults.Json(MessageResponse.FromMessage(stored), statusCode: StatusCodes.Status202Accepted), ProblemResult.Of);
        }
        catch (GatewayException unknown)
        {
            return ProblemResult.Of(new Refusal.NotFound("agent_not_found", unknown.Message));
        }
    }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record RoutedMessage(string? Id, string? From, string? To, string? Content, JsonElement? Metadata, int? TtlSeconds);
}
