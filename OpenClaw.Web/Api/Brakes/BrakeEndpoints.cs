using System.Security.Claims;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Brakes;

/// <summary>The switch that keeps turns from beginning. To set one twice is to set it once, so no key is needed.</summary>
internal static class BrakeEndpoints
{
    public static void MapBrakes(this IEndpointRouteBuilder api)
    {
        var brakes = api.MapGroup("/brakes").WithTags("Brakes").ProducesProblems(400, 401, 403, 503);
        brakes.MapGet("/", List).WithSummary("List brakes that are on, and those that are being released").Produces<BrakeListResponse>();
        brakes.MapPost("/", Set).WithSummary("Keep the turns of an agent, of all of yours, or of everything from beginning").Produces<BrakeResponse>().ProducesProblems(404, 409, 413, 415, 422);
        brakes.MapDelete("/{id}", Release).WithSummary("Release a brake; what waited begins a few agents at a time").Produces<BrakeResponse>().ProducesProblems(404);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, BrakeService brakes, CancellationToken cancellationToken) =>
        TypedResults.Ok(new BrakeListResponse([.. (await brakes.ListAsync(user.ToCaller(), cancellationToken)).Select(BrakeResponse.From)]));

    private static async Task<IResult> Set(SetBrakeRequest request, ClaimsPrincipal user, BrakeService brakes, CancellationToken cancellationToken) =>
        (await brakes.SetAsync(request.ToDraft(), user.ToCaller(), cancellationToken)).Match<IResult>(brake => TypedResults.Ok(BrakeResponse.From(brake)), ProblemResult.Of);

    private static async Task<IResult> Release(Guid id, ClaimsPrincipal user, BrakeService brakes, CancellationToken cancellationToken) =>
        (await brakes.ReleaseAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(brake => TypedResults.Ok(BrakeResponse.From(brake)), ProblemResult.Of);
}
