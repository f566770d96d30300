using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>Runs of workflows: what they did, and what a person can do to them.</summary>
internal static class WorkflowEndpoints
{
    public static void MapWorkflows(this IEndpointRouteBuilder api)
    {
        var workflows = api.MapGroup("/workflows").WithTags("Workflows").ProducesProblems(400, 401, 503);
        workflows.MapGet("", List).WithSummary("List workflows, newest first").Produces<WorkflowListResponse>().ProducesProblems(422);
        workflows.MapGet("/failed", Failed).WithSummary("List workflows that want a person, newest first").Produces<WorkflowListResponse>().ProducesProblems(422);
        workflows.MapGet("/metrics", Metrics).OfHouseAlone().WithSummary("Tell how workflows went, by name").Produces<WorkflowMetricsResponse>().ProducesProblems(422);
        workflows.MapPost("/bulk", Bulk).WithSummary("Cancel, resume, recover or fork many workflows").Produces<BulkResponse>().ProducesProblems(413, 415, 422);
        workflows.MapGet("/{uuid}", Get).WithSummary("Get a workflow").Produces<WorkflowResponse>().ProducesProblems(404);
        workflows.MapGet("/{uuid}/steps", Steps).WithSummary("List a workflow's steps").Produces<StepListResponse>().ProducesProblems(404);
        workflows.MapGet("/{uuid}/events", Events).WithSummary("Read a workflow's log").Produces<WorkflowEventListResponse>().ProducesProblems(404);
        workflows.MapGet("/{uuid}/why", Why).WithSummary("Tell in words what became of a workflow, why, and what to do").Produces<WorkflowStoryResponse>().ProducesProblems(404);
        workflows.MapPost("/{uuid}/cancel", Cancel).WithSummary("Cancel a workflow at its next step").Produces<WorkflowResponse>(202).ProducesProblems(404, 409, 413, 415);
        workflows.MapPost("/{uuid}/resume", Resume).WithSummary("Resume a workflow that ended without success, at the step that failed").Produces<WorkflowResponse>(202).ProducesProblems(404, 409);
        workflows.MapPost("/{uuid}/recover", Recover).WithSummary("Get a workflow going again, whatever holds it").Produces<WorkflowResponse>(202).ProducesProblems(404, 409);
        workflows.MapPost("/{uuid}/fork", Fork).WithSummary("Run a workflow that has ended anew from one of its steps").Produces<WorkflowResponse>(202).ProducesProblems(404, 409, 413, 415, 422);
    }

    /// <summary>Where clients of the gateway's own HTTP API look.</summary>
    public static void MapGatewayWorkflows(this IEndpointRouteBuilder routes)
    {
        var workflows = routes.MapGroup("/workflows").WithTags("Gateway").ProducesProblems(400, 401, 404, 503);
        workflows.MapGet("/{uuid}", Get).WithSummary("Get a workflow").Produces<WorkflowResponse>();
        workflows.MapPost("/{uuid}/recover", Recover).WithSummary("Get a workflow going again, whatever holds it").Produces<WorkflowResponse>(202).ProducesProblems(409);
    }

    private static async Task<IResult> List([AsParameters] WorkflowListQuery query, ClaimsPrincipal user, WorkflowQueries workflows, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var (status, limit) = (rules.OneOf<WorkflowStatus>("status", query.Status), rules.Limit(query.Limit));
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        var filter = new WorkflowFilter(status, query.Name, query.AgentId, query.Since?.ToUniversalTime(), query.Cursor);
        return TypedResults.Ok(WorkflowListResponse.From(await workflows.ListAsync(filter, user.ToCaller().Owner, limit, cancellationToken), limit));
    }

    private static async Task<IResult> Failed(Guid? cursor, int? limit, ClaimsPrincipal user, WorkflowQueries workflows, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var size = rules.Limit(limit);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(WorkflowListResponse.From(await workflows.FailedAsync(user.ToCaller().Owner, cursor, size, cancellationToken), size));
    }

    private static async Task<IResult> Metrics(string? window, string? name, WorkflowMetrics metrics, CancellationToken cancellationToken)
    {
        return WorkflowMetricsResponse.WindowOf(window) is { } span
            ? TypedResults.Ok(WorkflowMetricsResponse.From(span, await metrics.ReadAsync(span, name, cancellationToken)))
            : ProblemResult.Of(Refusal.Invalid.Of("window", WorkflowMetricsResponse.WindowRule));
    }

    private static async Task<IResult> Bulk(BulkRequest request, [AsParameters] WorkflowCall call, WorkflowBulk bulk) =>
        request.Problem is { } problem ? ProblemResult.Of(problem) : (await bulk.RunAsync(request, call.Caller, call.Key, call.Cancelled)).Match<IResult>(TypedResults.Ok, ProblemResult.Of);

    private static Task<IResult> Get(Guid uuid, [AsParameters] WorkflowCall call) =>
        call.WithAsync(uuid, workflow => Task.FromResult<IResult>(TypedResults.Ok(WorkflowResponse.From(workflow))));

    private static Task<IResult> Steps(Guid uuid, [AsParameters] WorkflowCall call) => call.WithAsync(
        uuid, async _ => TypedResults.Ok(new StepListResponse([.. (await call.Workflows.StepsAsync(uuid, call.Cancelled)).Select(StepResponse.From)])));

    private static Task<IResult> Events(Guid uuid, [AsParameters] WorkflowCall call) => call.WithAsync(
        uuid, async _ => TypedResults.Ok(new WorkflowEventListResponse([.. (await call.Workflows.EventsAsync(uuid, call.Cancelled)).Select(WorkflowEventResponse.From)])));

    private static Task<IResult> Why(Guid uuid, [AsParameters] WorkflowCall call, WorkflowStories stories) => call.WithAsync(
        uuid, async workflow => TypedResults.Ok(WorkflowStoryResponse.From(await stories.TellAsync(workflow, call.Cancelled))));

    private static Task<IResult> Cancel(Guid uuid, [FromBody] CancelWorkflowRequest? request, [AsParameters] WorkflowCall call, WorkflowOperations operations) =>
        call.DecideAsync(uuid, workflow => operations.CancelAsync(workflow, request?.Reason, call.Caller, call.Key, call.Cancelled));

    private static Task<IResult> Resume(Guid uuid, [AsParameters] WorkflowCall call, WorkflowOperations operations) =>
        call.DecideAsync(uuid, _ => operations.ResumeAsync(uuid, call.Caller, call.Key, call.Cancelled));

    private static Task<IResult> Recover(Guid uuid, [AsParameters] WorkflowCall call, WorkflowOperations operations) =>
        call.DecideAsync(uuid, _ => operations.RecoverAsync(uuid, call.Caller, call.Key, call.Cancelled));

    private static Task<IResult> Fork(Guid uuid, ForkWorkflowRequest request, [AsParameters] WorkflowCall call, WorkflowOperations operations) =>
        call.DecideAsync(uuid, _ => operations.ForkAsync(uuid, request.Step, call.Caller, call.Key, call.Cancelled));
}
