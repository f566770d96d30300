using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Audit;

/// <param name="Id">The cursor of the next page, if it is the last of this one.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who asked: api, browser, key:NAME, gateway:CLIENT, whatsapp, or a part of the service.</param>
/// <param name="Action">What, as a dotted name.</param>
/// <param name="Subject">What it was about, e.g. agent:ID.</param>
/// <param name="Detail">More of it, for people; null for nothing.</param>
/// <param name="Outcome">done or refused.</param>
/// <param name="Change">What was changed, each as [before, after]; null where nothing is told.</param>
/// <param name="Address">From where; null when nobody knows.</param>
/// <param name="Credential">What was shown: token, key:ID, session:PREFIX or device:PREFIX; null for none.</param>
/// <param name="TraceId">The request's trace; null without one.</param>
public sealed record AuditEntryResponse(
    long Id, DateTimeOffset At, string Actor, string Action, string Subject, string? Detail, string Outcome, JsonElement? Change, string? Address, string? Credential, string? TraceId)
{
    internal static AuditEntryResponse From(AuditEntry entry) => new(
        entry.Id, entry.CreatedAt, entry.Actor, entry.Action, entry.Subject, entry.Detail, entry.Outcome,
        entry.Change is null ? null : JsonElement.Parse(entry.Change), entry.Address, entry.Credential, entry.TraceId);
}

/// <param name="Entries">Newest first.</param>
/// <param name="NextCursor">For the next page; null at the end.</param>
public sealed record AuditListResponse(IReadOnlyList<AuditEntryResponse> Entries, long? NextCursor);

/// <summary>Who asked for what.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit").RequireScope(KeyScopes.Admin).OfHouseAlone().ProducesProblems(400, 401, 403, 422, 503);
        audit.MapGet("/", List).WithSummary("List who asked for what, newest first; an action with a dot at its end is all that begin with it").Produces<AuditListResponse>();
        audit.MapGet("/export", Export).WithSummary("Read all of it as lines of JSON, oldest first").Produces<AuditEntryResponse>(200, "application/x-ndjson");
    }

    private static async Task<IResult> List(
        string? actor, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? until, int? limit, long? cursor, AuditQueries audit, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(limit);
        if (rules.Problem is { } problem)
        {
            return ProblemResult.Of(problem);
        }

        var entries = await audit.ListAsync(new AuditFilter(actor, action, subject, from?.ToUniversalTime(), until?.ToUniversalTime()), cursor, page, cancellationToken);
        return TypedResults.Ok(new AuditListResponse([.. entries.Select(AuditEntryResponse.From)], entries.Count == page ? entries[^1].Id : null));
    }

    private static PushStreamHttpResult Export(string? actor, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? until, AuditQueries audit, HttpContext context) => TypedResults.Stream(
        async body =>
        {
            var json = context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
            await foreach (var entry in audit.ReadAsync(new AuditFilter(actor, action, subject, from?.ToUniversalTime(), until?.ToUniversalTime()), context.RequestAborted))
            {
                await JsonSerializer.SerializeAsync(body, AuditEntryResponse.From(entry), json, context.RequestAborted);
                await body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            }
        },
        "application/x-ndjson");
}
