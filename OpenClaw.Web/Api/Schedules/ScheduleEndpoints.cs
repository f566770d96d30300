using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Gateway.Schedules;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Schedules;

/// <summary>What agents are sent on schedule, and what became of each time; clients of the gateway are told of changes as of their own.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this IEndpointRouteBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("Schedules").ProducesProblems(400, 401, 403, 503);
        schedules.MapGet("/", List).WithSummary("List schedules, newest first").Produces<ScheduleListResponse>().ProducesProblems(422);
        schedules.MapGet("/{id}", Get).WithSummary("Get a schedule and its next ten times").Produces<ScheduleResponse>().ProducesProblems(404);
        schedules.MapGet("/{id}/runs", Runs).WithSummary("What became of each time at which it was due").Produces<ScheduleRunListResponse>().ProducesProblems(404, 422);
        schedules.MapPatch("/{id}", Update).WithSummary("Change a schedule").Produces<ScheduleResponse>().ProducesProblems(404, 413, 415, 422);
        schedules.MapDelete("/{id}", Delete).WithSummary("Delete a schedule").Produces(204).ProducesProblems(404);
        schedules.MapPost("/{id}/run", Run).WithSummary("Send it now, beside its schedule").Produces<ScheduleSentResponse>(202).ProducesProblems(404);
        api.MapPost("/agents/{id}/schedules", Add).WithTags("Schedules").WithSummary("Have an agent sent a message on schedule").Produces<ScheduleResponse>(201).ProducesProblems(400, 401, 403, 404, 409, 413, 415, 422, 503);
    }

    private static async Task<IResult> List([AsParameters] ScheduleListQuery query, ClaimsPrincipal user, ScheduleQueries schedules, TimeProvider time, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var limit = rules.Limit(query.Limit);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(new ScheduleListResponse([.. (await schedules.ListAsync(limit, user.ToCaller(), cancellationToken, query.AgentId)).Select(row => ScheduleResponse.From(row, next: 1, time.GetUtcNow()))]));
    }

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal user, ScheduleQueries schedules, TimeProvider time, CancellationToken cancellationToken) =>
        await schedules.FindAsync(id, user.ToCaller(), cancellationToken) is { } found ? TypedResults.Ok(ScheduleResponse.From(found, ScheduleQueries.NextTimes, time.GetUtcNow())) : Unknown(id);

    private static async Task<IResult> Runs(Guid id, [AsParameters] ScheduleRunsQuery query, ClaimsPrincipal user, ScheduleQueries schedules, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var limit = rules.Limit(query.Limit);
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        // Records outlive their schedule, and do not say whose agent it was.
        var caller = user.ToCaller();
        var runs = await schedules.DueAsync(id, query.Before, limit + 1, caller, cancellationToken);
        if ((runs.Count == 0 || caller.Agents.Count > 0) && await schedules.FindAsync(id, caller, cancellationToken) is null)
        {
            return Unknown(id);
        }

        return TypedResults.Ok(new ScheduleRunListResponse([.. runs.Take(limit).Select(ScheduleRunResponse.From)], runs.Count > limit ? runs[limit - 1].Run.Id : null));
    }

    private static Task<IResult> Add(
        Guid id, ScheduleRequest request, ClaimsPrincipal user, IdempotencyHeader idempotency, ScheduleService service, ScheduleQueries schedules, CronFeed news, TimeProvider time, CancellationToken cancellationToken) =>
        request.ToSettings().Match<Task<IResult>>(
            async settings =>
            {
                var caller = user.ToCaller();
                return await (await service.AddAsync(Guid.CreateVersion7(), id, settings, caller, cancellationToken, idempotency.Key)).Match<Task<IResult>>(
                    async added =>
                    {
                        if (await schedules.FindAsync(added, caller, cancellationToken) is not { } schedule)
                        {
                            // The same key has made it before, and it is gone since.
                            return Unknown(added);
                        }

                        await news.ChangedAsync("added", added, caller, cancellationToken);
                        return TypedResults.Created(PublicAddress.Of($"{ApiComposition.Root}/schedules/{added}"), ScheduleResponse.From(schedule, ScheduleQueries.NextTimes, time.GetUtcNow()));
                    },
                    Refused);
            },
            Refused);

    private static async Task<IResult> Update(
        Guid id, ScheduleRequest request, ClaimsPrincipal user, ScheduleService service, ScheduleQueries schedules, CronFeed news, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        if (await schedules.FindAsync(id, caller, cancellationToken) is null)
        {
            return Unknown(id);
        }

        return await request.ToChange().Match<Task<IResult>>(
            async change => await (await service.UpdateAsync(id, change, caller, cancellationToken)).Match<Task<IResult>>(
                async _ =>
                {
                    await news.ChangedAsync("updated", id, caller, cancellationToken);
                    return await Get(id, user, schedules, time, cancellationToken);
                },
                Refused),
            Refused);
    }

    private static async Task<IResult> Delete(Guid id, ClaimsPrincipal user, ScheduleService service, CronFeed news, CancellationToken cancellationToken)
    {
        var caller = user.ToCaller();
        if (await service.RemoveAsync(id, caller, cancellationToken) is Decision<Guid>.Refused)
        {
            return Unknown(id);
        }

        news.Removed(id.ToString(), caller);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Run(Guid id, ClaimsPrincipal user, ScheduleService service, CancellationToken cancellationToken) =>
        (await service.RunAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(
            sent => TypedResults.Json(new ScheduleSentResponse(sent), statusCode: StatusCodes.Status202Accepted), _ => Unknown(id));

    private static Task<IResult> Refused(Refusal refusal) => Task.FromResult<IResult>(ProblemResult.Of(ScheduleFields.Flat(refusal)));

    private static ProblemResult Unknown(Guid id) => ProblemResult.Of(new Refusal.NotFound("schedule_not_found", $"There is no schedule {id}."));
}

/// <param name="AgentId">Of one agent.</param>
/// <param name="Limit">1 to 500; default 50.</param>
public sealed record ScheduleListQuery([property: FromQuery(Name = "agent_id")] Guid? AgentId, int? Limit);

/// <param name="Before">The last one of the page before.</param>
/// <param name="Limit">1 to 500; default 50.</param>
public sealed record ScheduleRunsQuery(Guid? Before, int? Limit);
