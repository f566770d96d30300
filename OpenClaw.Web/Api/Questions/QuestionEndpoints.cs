using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Questions;

/// <summary>What agents, workflows and budgets ask their owner. An answer is taken once.</summary>
internal static class QuestionEndpoints
{
    public static void MapQuestions(this IEndpointRouteBuilder api)
    {
        var questions = api.MapGroup("/questions").WithTags("Questions").ProducesProblems(400, 401, 403, 503);
        questions.MapGet("/", List).WithSummary("List questions, open ones first").Produces<QuestionListResponse>().ProducesProblems(422);
        questions.MapGet("/{id}", Get).WithSummary("Get a question").Produces<QuestionResponse>().ProducesProblems(404);
        questions.MapPost("/{id}/answer", Answer).WithSummary("Answer a question, once").Produces<QuestionResponse>().ProducesProblems(404, 409, 413, 415, 422);
        api.MapPost("/agents/{id}/questions", Ask).WithTags("Questions").WithSummary("Have an agent ask its owner").Produces<QuestionResponse>(201).Produces<QuestionResponse>().ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422, 503);
    }

    private static async Task<IResult> List([AsParameters] QuestionListQuery query, ClaimsPrincipal user, QuestionQueries questions, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var (state, limit, offset) = (rules.OneOf<QuestionState>("state", query.State), rules.Limit(query.Limit), rules.Offset(query.Offset));
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        var (page, total) = await questions.ListAsync(state, query.AgentId, limit, offset, user.ToCaller(), cancellationToken);
        return TypedResults.Ok(new QuestionListResponse([.. page.Select(QuestionResponse.From)], total, limit, offset));
    }

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal user, QuestionQueries questions, CancellationToken cancellationToken) =>
        await questions.FindAsync(id, user.ToCaller(), cancellationToken) is { } found
            ? TypedResults.Ok(QuestionResponse.From(found))
            : ProblemResult.Of(new Refusal.NotFound("question_not_found", $"There is no question {id}."));

    private static async Task<IResult> Answer(
        Guid id, AnswerQuestionRequest request, ClaimsPrincipal user, IdempotencyHeader idempotency, QuestionService service, QuestionQueries questions, CancellationToken cancellationToken) =>
        await service.AnswerAsync(id, request.Choice, user.ToCaller(), idempotency.Key, cancellationToken) is Decision<Guid>.Refused refused
            ? ProblemResult.Of(refused.Refusal)
            : await Get(id, user, questions, cancellationToken);

    private static async Task<IResult> Ask(
        Guid id, AskQuestionRequest request, ClaimsPrincipal user, IdempotencyHeader idempotency, QuestionService service, QuestionQueries questions, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        var decision = await service.AskAsync(id, request.ToDraft(), request.Key, request.TellAgent is not false, caller, idempotency.Key, cancellationToken);
        if (decision is not Decision<AskedQuestion>.Accepted { Value: var asked })
        {
            return ProblemResult.Of(((Decision<AskedQuestion>.Refused)decision).Refusal);
        }

        var question = QuestionResponse.From((await questions.FindAsync(asked.Id, caller, cancellationToken))!);
        return asked.IsNew ? TypedResults.Created(PublicAddress.Of($"{ApiComposition.Root}/questions/{asked.Id}"), question) : TypedResults.Ok(question);
    }
}

/// <param name="State">open, answered, expired or cancelled.</param>
/// <param name="AgentId">Of one agent.</param>
/// <param name="Limit">1 to 500; default 50.</param>
/// <param name="Offset">How many to skip.</param>
public sealed record QuestionListQuery(string? State, [property: FromQuery(Name = "agent_id")] Guid? AgentId, int? Limit, int? Offset);
