using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Primitives;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Runs;

/// <summary>What agents say while they are at it.</summary>
internal static class RunEndpoints
{
    private const string After = "after";

    public static void MapRuns(this IEndpointRouteBuilder api) => api.MapGet("/runs/{id}/stream", Stream).WithTags("Runs")
        .WithSummary("Hear what an agent says to a message while it says it, from any point on, and what came of it")
        .Produces<string>(StatusCodes.Status200OK, RunStream.ContentType).ProducesProblems(400, 401, 404, 422, 503);

    // The header is of a client that was there before and comes back to the same address.
    private static async Task<IResult> Stream(string id, long? after, ClaimsPrincipal user, RunQueries runs, HttpContext context, CancellationToken cancellationToken)
    {
        var (rules, heard) = (new QueryRules(), context.Request.Headers["Last-Event-ID"]);
        var from = StringValues.IsNullOrEmpty(heard) ? after ?? 0 : long.TryParse(heard, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : -1;
        if (from < 0)
        {
            rules.Refuse(After, $"{After}, or the header Last-Event-ID, must be an event's id: a whole number, or 0 for all.");
        }

        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        var caller = user.ToCaller();
        return await runs.FindAsync(id, GatewayRuns.Sender, caller, cancellationToken) is { } message
            ? new RunStream(message.Id, from, () => runs.FindAsync(message.Id.ToString(), GatewayRuns.Sender, caller, context.RequestAborted))
            : ProblemResult.Of(new Refusal.NotFound("run_not_found", "There is no message to an agent of yours by that id. It is the id of the message as its answer tells it, or the id of a run at the gateway."));
    }
}
