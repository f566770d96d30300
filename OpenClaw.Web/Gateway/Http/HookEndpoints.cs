using System.Security.Claims;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Calls from outside that wake an agent or give it something to do.</summary>
internal static class HookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup("/hooks").ExcludeFromDescription();
        hooks.MapPost("/wake", Wake);
        hooks.MapPost("/agent", Run);
    }

    // A wake is a turn with the text: stored at once, or refused.
    private static Task<IResult> Wake(WakeHook hook, ClaimsPrincipal user, HookRuns runs, CancellationToken cancellationToken) => runs.RunAsync(
        hook.Text, "text", hook.AgentId, hook.SessionKey, user.ToCaller(), _ => TypedResults.Ok(new { ok = true, mode = hook.Mode ?? "now", eventOutcome = "queued" }), cancellationToken);

    private static Task<IResult> Run(AgentHook hook, ClaimsPrincipal user, HookRuns runs, CancellationToken cancellationToken) => runs.RunAsync(
        hook.Message, "message", hook.AgentId, hook.SessionKey ?? $"hook:{Guid.NewGuid()}", user.ToCaller(), run => TypedResults.Ok(new { ok = true, runId = run }), cancellationToken);

    internal sealed record WakeHook(string? Text, string? Mode, string? AgentId, string? SessionKey);

    internal sealed record AgentHook(string? Message, string? Name, string? AgentId, string? SessionKey);
}
