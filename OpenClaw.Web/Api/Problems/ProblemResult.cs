using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Api.Problems;

/// <summary>Answers with a <see cref="Problem"/>, made when the request that it belongs to is at hand.</summary>
public sealed class ProblemResult(Func<HttpContext, Problem> describe) : IResult
{
    public static ProblemResult Of(int status, string code, string detail) => new(context => Problem.Of(context, status, code, detail));

    public static ProblemResult Of(Refusal refusal) => new(context => Describe(context, refusal));

    public static ProblemResult AgentNotFound(Guid id) => Of(new Refusal.NotFound("agent_not_found", $"There is no agent {id}."));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var problem = describe(httpContext);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        httpContext.Response.StatusCode = problem.Status;
        return httpContext.Response.WriteAsJsonAsync(problem, json, Problem.ContentType, httpContext.RequestAborted);
    }

    private static Problem Describe(HttpContext context, Refusal refusal) => refusal switch
    {
        Refusal.NotFound => Problem.Of(context, StatusCodes.Status404NotFound, refusal.Code, refusal.Detail),
        Refusal.NotAllowed => Problem.Of(context, StatusCodes.Status403Forbidden, refusal.Code, refusal.Detail),
        Refusal.Conflict or Refusal.IdReused => Problem.Of(context, StatusCodes.Status409Conflict, refusal.Code, refusal.Detail),
        Refusal.Invalid invalid => Problem.Of(context, StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Detail) with { Errors = invalid.Errors },
        Refusal.KeyReused => Problem.Of(context, StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Detail),
        _ => throw new InvalidOperationException($"No status is known for {refusal.GetType().Name}."),
    };
}
