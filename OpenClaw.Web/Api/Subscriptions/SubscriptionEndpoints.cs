using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Subscriptions;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Subscriptions;

/// <summary>Who is told of events by webhook. A secret is told once, so a request is never answered a second time from its Idempotency-Key.</summary>
internal static class SubscriptionEndpoints
{
    private const int Page = 100;

    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions").WithTags("Subscriptions").RequireScope(KeyScopes.Admin).ProducesProblems(400, 401, 403, 503);
        subscriptions.AddEndpointFilter(RefuseKeysOfSomeAgents);
        subscriptions.MapGet("/", List).WithSummary("List subscriptions in the order in which they were made").Produces<SubscriptionListResponse>();
        subscriptions.MapPost("/", Create).WithSummary("Have events posted to an address; the secret of their signatures is told this once").Produces<NewSubscriptionResponse>(201).ProducesProblems(404, 409, 413, 415, 422);
        subscriptions.MapGet("/{id}", Find).WithSummary("How a subscription stands").Produces<SubscriptionResponse>().ProducesProblems(404);
        subscriptions.MapPatch("/{id}", Update).WithSummary("Change a subscription").Produces<SubscriptionResponse>().ProducesProblems(404, 409, 413, 415, 422);
        subscriptions.MapPost("/{id}/rotate", Rotate).WithSummary("Give it a new secret, told this once; deliveries are signed with the one before too for 24 hours").Produces<NewSubscriptionResponse>().ProducesProblems(404, 409);
        subscriptions.MapPost("/{id}/test", Test).WithSummary("Send a signed event subscription.test now, and tell what the target answers").Produces<SubscriptionTestResponse>().ProducesProblems(404, 409);
        subscriptions.MapPost("/{id}/replay", Replay).WithSummary("Send what happened since a time once more, or go on after it was disabled").Produces<SubscriptionResponse>().ProducesProblems(404, 413, 415, 422);
        subscriptions.MapPost("/{id}/refused/{sequence}", SendRefused).WithSummary("Send an event that the target would not have once more, now").Produces<SubscriptionResponse>().ProducesProblems(404, 409);
        subscriptions.MapDelete("/{id}", Delete).WithSummary("End a subscription").Produces<SubscriptionResponse>().ProducesProblems(404, 409);
    }

    private static async Task<IResult> List(Guid? after, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken)
    {
        var rows = await subscriptions.ListAsync(after, Page + 1, user.ToCaller(), cancellationToken);
        return TypedResults.Ok(new SubscriptionListResponse([.. rows.Take(Page).Select(SubscriptionResponse.From)], rows.Count > Page ? rows[Page - 1].Id : null));
    }

    private static async Task<IResult> Create(CreateSubscriptionRequest request, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.CreateAsync(request.ToDraft(), user.ToCaller(), cancellationToken))
            .Match<IResult>(made => TypedResults.Json(NewSubscriptionResponse.From(made), statusCode: StatusCodes.Status201Created), ProblemResult.Of);

    private static async Task<IResult> Find(Guid id, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.FindAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(found => TypedResults.Ok(SubscriptionResponse.From(found)), ProblemResult.Of);

    private static async Task<IResult> Update(Guid id, UpdateSubscriptionRequest request, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.UpdateAsync(id, request.ToDraft(), user.ToCaller(), cancellationToken)).Match<IResult>(changed => TypedResults.Ok(SubscriptionResponse.From(changed)), ProblemResult.Of);

    private static async Task<IResult> Rotate(Guid id, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.RotateAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(made => TypedResults.Ok(NewSubscriptionResponse.From(made)), ProblemResult.Of);

    private static async Task<IResult> Test(Guid id, ClaimsPrincipal user, SubscriptionTrial trial, CancellationToken cancellationToken) =>
        (await trial.SendAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(answer => TypedResults.Ok(SubscriptionTestResponse.From(answer)), ProblemResult.Of);

    private static async Task<IResult> Replay(Guid id, [FromBody] ReplayRequest? request, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.ReplayAsync(id, request?.From, user.ToCaller(), cancellationToken)).Match<IResult>(sent => TypedResults.Ok(SubscriptionResponse.From(sent)), ProblemResult.Of);

    private static async Task<IResult> SendRefused(Guid id, long sequence, ClaimsPrincipal user, RefusedEvents refused, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        await refused.SendAsync(id, sequence, user.ToCaller(), cancellationToken) is { } not ? ProblemResult.Of(not) : await Find(id, user, subscriptions, cancellationToken);

    private static async Task<IResult> Delete(Guid id, ClaimsPrincipal user, SubscriptionService subscriptions, CancellationToken cancellationToken) =>
        (await subscriptions.DeleteAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(ended => TypedResults.Ok(SubscriptionResponse.From(ended)), ProblemResult.Of);

    // What a subscription tells is of all agents, and who made it may be gone while it goes on.
    private static ValueTask<object?> RefuseKeysOfSomeAgents(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.User.ToCaller().Agents.Count == 0 ? next(context)
            : ValueTask.FromResult<object?>(ProblemResult.Of(new Refusal.NotAllowed("A key for some agents alone has nothing to do with subscriptions. Use one for all agents.")));
}
