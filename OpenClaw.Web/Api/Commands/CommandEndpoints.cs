using System.Security.Claims;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Commands;

/// <summary>Commands in plain words, the same as on WhatsApp.</summary>
internal static class CommandEndpoints
{
    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        var commands = api.MapGroup("/commands").WithTags("Commands").ProducesProblems(400, 401, 422, 503);
        commands.MapPost("", Run).MendsForeignText().WithSummary("Do what a text in plain words says").Produces<CommandResponse>().ProducesProblems(413, 415);
        commands.MapGet("", List).WithSummary("List commands and their answers, newest first").Produces<CommandListResponse>();
    }

    private static async Task<IResult> Run(CommandRequest request, IdempotencyHeader idempotency, ClaimsPrincipal user, CommandHandler handler, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Text))
        {
            return ProblemResult.Of(Refusal.Invalid.Of("text", "text must say what to do, for example: help"));
        }

        var id = idempotency.Key?.Key ?? Guid.CreateVersion7().ToString();
        return (await handler.RunOnceAsync(new CommandMessage(id, request.Text, user.ToCaller(), "api", Contact: null), cancellationToken))
            .Match<IResult>(command => TypedResults.Ok(CommandResponse.From(command)), ProblemResult.Of);
    }

    private static async Task<IResult> List(Guid? cursor, int? limit, ClaimsPrincipal user, CommandLog log, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(CommandListResponse.From(await log.ListAsync(cursor, page, user.ToCaller(), cancellationToken), page));
    }
}
