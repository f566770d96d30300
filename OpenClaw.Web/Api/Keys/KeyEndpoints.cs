using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Keys;

/// <summary>What programs sign in with. A secret is told once, so a request is never answered a second time from its Idempotency-Key.</summary>
internal static class KeyEndpoints
{
    private const string Path = "/keys";

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup(Path).WithTags("Keys").RequireScope(KeyScopes.Admin).ProducesProblems(400, 401, 403, 503);
        keys.MapGet("/", List).WithSummary("List keys, the newest first").Produces<KeyListResponse>();
        keys.MapPost("/", Create).WithSummary("Make a key; its secret is told this once").Produces<NewKeyResponse>(201).ProducesProblems(404, 409, 413, 415, 422);
        keys.MapPost("/{id}/rotate", Rotate).WithSummary("Give a key another secret; the one so far stays good for a while").Produces<NewKeyResponse>().ProducesProblems(404, 413, 415, 422);
        keys.MapDelete("/{id}", Revoke).WithSummary("Revoke a key everywhere, and end its connections").Produces<KeyResponse>().ProducesProblems(404);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, ApiKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new KeyListResponse([.. (await keys.ListAsync(user.ToCaller(), cancellationToken)).Select(KeyResponse.From)]));

    private static async Task<IResult> Create(CreateKeyRequest request, ClaimsPrincipal user, ApiKeys keys, TimeProvider time, CancellationToken cancellationToken) =>
        request.Problem is { } problem ? ProblemResult.Of(problem) : (await keys.CreateAsync(request.ToDraft(time.GetUtcNow()), user.ToCaller(), cancellationToken))
            .Match<IResult>(made => TypedResults.Json(NewKeyResponse.From(made), statusCode: StatusCodes.Status201Created), ProblemResult.Of);

    private static async Task<IResult> Rotate(string id, [FromBody] RotateKeyRequest? request, ClaimsPrincipal user, ApiKeys keys, CancellationToken cancellationToken) =>
        (request ?? new RotateKeyRequest()).Span is { } overlap
            ? (await keys.RotateAsync(id, overlap, user.ToCaller(), cancellationToken)).Match<IResult>(made => TypedResults.Ok(NewKeyResponse.From(made)), ProblemResult.Of)
            : ProblemResult.Of(RotateKeyRequest.Rule);

    private static async Task<IResult> Revoke(string id, ClaimsPrincipal user, ApiKeys keys, CancellationToken cancellationToken) =>
        (await keys.RevokeAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(key => TypedResults.Ok(KeyResponse.From(key)), ProblemResult.Of);
}
