using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Calls from outside that wake an agent or give it something to do.</summary>
internal static class HookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup("/hooks").WithTags("Gateway").ExcludeFromDescription();
        hooks.MapPost("/wake", Wake);
        hooks.MapPost("/agent", Run);
    }

    // A wake is a turn with the text: stored at once, or refused.
    private static Task<IResult> Wake(WakeHook hook, ClaimsPrincipal user, HookCall call, CancellationToken cancellationToken) => call.RunAsync(
        hook.Text, "text", hook.AgentId, hook.SessionKey, user.ToCaller(), (_, _) => TypedResults.Ok(new { ok = true, mode = hook.Mode ?? "now", eventOutcome = "queued" }), cancellationToken);

    private static Task<IResult> Run(AgentHook hook, ClaimsPrincipal user, HookCall call, CancellationToken cancellationToken) => call.RunAsync(
        hook.Message, "message", hook.AgentId, hook.SessionKey ?? $"hook:{Guid.NewGuid()}", user.ToCaller(), (run, _) => TypedResults.Ok(new { ok = true, runId = run }), cancellationToken);

    internal sealed record WakeHook(string? Text, string? Mode, string? AgentId, string? SessionKey);

    internal sealed record AgentHook(string? Message, string? Name, string? AgentId, string? SessionKey);

    internal sealed record HookCall(TargetResolver Targets, GatewayRuns Runs, RunFeed Feed)
    {
        public static ValueTask<HookCall> BindAsync(HttpContext context) => ValueTask.FromResult(new HookCall(
            context.RequestServices.GetRequiredService<TargetResolver>(), context.RequestServices.GetRequiredService<GatewayRuns>(), context.RequestServices.GetRequiredService<RunFeed>()));

        public async Task<IResult> RunAsync(
            string? text, string field, string? agentId, string? sessionKey, Caller caller, Func<string, RunTarget, IResult> answer, CancellationToken cancellationToken)
        {
            try
            {
                if (string.IsNullOrWhiteSpace(text))
                    throw GatewayException.Invalid($"{field} must say something.");

                var run = Guid.NewGuid().ToString();
                var target = await Targets.ResolveAsync(agentId ?? AgentNames.Main, sessionKey, "hooks", caller, cancellationToken);
                await Runs.AcceptAsync(run, target, text, caller, cancellationToken);
                Feed.Started(run, target);
                return answer(run, target);
            }
            catch (GatewayException refusal)
            {
                return TypedResults.Json(new { ok = false, error = refusal.Message }, statusCode: StatusCodes.Status400BadRequest);
            }
        }
    }
}
