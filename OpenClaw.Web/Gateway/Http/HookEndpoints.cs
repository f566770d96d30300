using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Calls from outside that wake an agent or give it something to do, as OpenClaw's own webhooks take them.</summary>
internal static class HookEndpoints
{
    /// <summary>Where hooks are; below it the token may come in <see cref="TokenHeader"/>.</summary>
    public const string Path = "/hooks";

    /// <summary>Another place for the token than <c>Authorization</c>, for senders that cannot set that.</summary>
    public const string TokenHeader = "x-openclaw-token";

    private const int MaxBodyBytes = 1024 * 1024;

    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup(Path).ExcludeFromDescription().RequireScope(KeyScopes.Hooks);
        hooks.MapPost("/wake", (HttpContext context, HookRuns runs) => AnswerAsync(context, body => HookReader.Wake(body), runs));
        hooks.MapPost("/agent", (HttpContext context, HookRuns runs) => AnswerAsync(context, body => HookReader.Agent(body), runs));
        hooks.MapPost("/{**name}", (string? name, HttpContext context, HookRuns runs, HookMappings mappings) =>
            AnswerAsync(context, body => mappings.Read(name ?? "", body, context.Request), runs));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<JsonElement, HookCall?> read, HookRuns runs)
    {
        if (context.Request.Query.ContainsKey("token"))
        {
            return Failed(StatusCodes.Status400BadRequest, $"The token belongs in Authorization: Bearer or in {TokenHeader}; an address is written to logs.");
        }

        var (body, problem) = await JsonBody.ReadAsync(context, MaxBodyBytes);
        if (problem is not null)
        {
            return Failed(problem.Status, problem.Message);
        }

        try
        {
            return read(body) is { } call
                ? await runs.RunAsync(call, context.Request, context.User.ToCaller(), context.RequestAborted)
                : Failed(StatusCodes.Status404NotFound, "There is no such hook. HOOKS_FILE names those beside wake and agent.");
        }
        catch (GatewayException refusal)
        {
            return Failed(StatusOf(refusal), refusal.Message);
        }
        catch (InvalidOperationException exception) when (JsonBody.IsBadText(exception))
        {
            return Failed(StatusCodes.Status400BadRequest, "The body holds text that is no valid Unicode, such as half of an emoji.");
        }
    }

    private static int StatusOf(GatewayException refusal) =>
        refusal.IsUnavailable ? StatusCodes.Status503ServiceUnavailable : refusal.IsReused ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;

    private static JsonHttpResult<Failure> Failed(int status, string error) => TypedResults.Json(new Failure(Ok: false, error), statusCode: status);

    internal sealed record Failure(bool Ok, string Error);
}
