using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Status;

/// <param name="Policy">How long each kind is kept.</param>
/// <param name="Removable">What the next run would remove, by kind. Nothing is removed by asking.</param>
public sealed record RetentionResponse(RetentionPolicyResponse Policy, IReadOnlyDictionary<string, long> Removable)
{
    internal static RetentionResponse From(RetentionPolicy policy, IReadOnlyDictionary<string, long> removable) => new(
        new RetentionPolicyResponse(IntervalText.Write(policy.Heartbeats), IntervalText.Write(policy.Ended), IntervalText.Write(policy.Failed), IntervalText.Write(policy.RunLog), IntervalText.Write(policy.Audit)),
        removable);
}

/// <param name="Heartbeats">Workflows of heartbeats that succeeded; RETENTION_HEARTBEATS.</param>
/// <param name="Ended">Other workflows that succeeded or were cancelled, records of beats, delivered messages; RETENTION_ENDED.</param>
/// <param name="Failed">Workflows that failed, and figures; RETENTION_FAILED.</param>
/// <param name="RunLog">What agents said while they were at their turns, part by part; RETENTION_RUN_LOG.</param>
/// <param name="Audit">The audit log; RETENTION_AUDIT.</param>
public sealed record RetentionPolicyResponse(string Heartbeats, string Ended, string Failed, string RunLog, string Audit);

/// <summary>What is kept how long.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapGet("/retention", Get).OfHouseAlone().WithTags("Health").WithSummary("Tell what is kept how long, and what the next run would remove")
            .Produces<RetentionResponse>().ProducesProblems(401, 503);

    private static async Task<Ok<RetentionResponse>> Get(Retention retention, RetentionPolicy policy, CancellationToken cancellationToken) =>
        TypedResults.Ok(RetentionResponse.From(policy, await retention.LookAsync(cancellationToken)));
}
