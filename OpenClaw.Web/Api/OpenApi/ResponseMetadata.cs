using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Operations;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Api.OpenApi;

/// <summary>Marks an endpoint that waits for a workflow unless its caller prefers not to.</summary>
internal sealed class WaitsForWorkflow;

/// <summary>Says in the table of routes what an endpoint may answer.</summary>
internal static class ResponseMetadata
{
    public static T ProducesProblems<T>(this T endpoints, params int[] statuses) where T : IEndpointConventionBuilder => endpoints.WithMetadata(
        [.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.ContentType]))]);

    /// <summary>The agent when the workflow is done in time, 202 when it is not, 502 when it failed.</summary>
    public static RouteHandlerBuilder ProducesOperation(this RouteHandlerBuilder endpoint, int done) => endpoint.ProducesOperation<AgentResponse>(done);

    /// <summary>The same, with an answer of its own when it is done in time.</summary>
    public static RouteHandlerBuilder ProducesOperation<T>(this RouteHandlerBuilder endpoint, int done)
        where T : AgentResponse => (done == StatusCodes.Status202Accepted ? endpoint : endpoint.Produces<T>(done))
        .Produces<OperationResponse>(StatusCodes.Status202Accepted)
        .ProducesProblems(StatusCodes.Status502BadGateway)
        .WithMetadata(new WaitsForWorkflow());
}
