using Microsoft.AspNetCore.Authorization;
using OpenClaw.Web.Api;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Mcp;

namespace OpenClaw.Web.Security.Keys;

/// <summary>What an endpoint asks of a key where it is not what its method says: read to look, write to change.</summary>
/// <param name="Scope">One of <see cref="KeyScopes"/>.</param>
internal sealed record KeyPolicy(string Scope);

/// <summary>Holds whoever has signed in with a key to what the key allows. Whoever has the service's token, or a session, may do everything.</summary>
internal static class KeyGuard
{
    /// <summary>The code of what is refused for want of a scope.</summary>
    public const string MissingScope = "missing_scope";

    /// <summary>The code of what a key for some agents alone is not good for.</summary>
    public const string KeyForAgents = "key_for_agents";

    private const string AgentsPath = ApiComposition.Root + "/agents";
    private const string RunsPath = ApiComposition.Root + "/runs";
    private const string QuestionsPath = ApiComposition.Root + "/questions";
    private const string CompletionsPath = "/v1/chat/completions";

    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new KeyPolicy(scope));

    /// <summary>The scope that the endpoint needs.</summary>
    public static string ScopeOf(Endpoint? endpoint, string method) =>
        endpoint?.Metadata.GetMetadata<KeyPolicy>()?.Scope ?? (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? KeyScopes.Read : KeyScopes.Write);

    public static string SaysMissing(KeyGrant key, string scope) => $"The key \"{key.Name}\" has not the scope {scope}.";

    /// <summary>After it is known who asks.</summary>
    public static void UseKeyGuard(this WebApplication app)
    {
        var (pace, room) = (app.Services.GetRequiredService<KeyPace>(), app.Services.GetRequiredService<KeyRoom>());
        app.Use((context, next) =>
        {
            if (KeyGrant.Of(context.User) is not { } key || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                return next(context);
            }

            if (pace.Take(key) is var wait && wait > TimeSpan.Zero)
            {
                return Challenge.TooManyOfKeyAsync(context, pace.Says(key), wait);
            }

            var needed = ScopeOf(context.GetEndpoint(), context.Request.Method);
            if (!key.Allows(needed))
            {
                return ProblemResult.Of(StatusCodes.Status403Forbidden, MissingScope, SaysMissing(key, needed)).ExecuteAsync(context);
            }

            return key.Agents.Count == 0 || IsOfOneAgent(context)
                ? InRoomAsync(context, key, room, next)
                : ProblemResult.Of(StatusCodes.Status403Forbidden, KeyForAgents, $"The key \"{key.Name}\" is for some agents alone: it is good for {AgentsPath}/ID and what is below, for the list of them, for {RunsPath}, for {QuestionsPath}, for {CompletionsPath} and for {McpComposition.Path}.").ExecuteAsync(context);
        });
    }

    // The place is taken until the last byte of the answer: an event stream has it for as long as somebody listens.
    private static async Task InRoomAsync(HttpContext context, KeyGrant key, KeyRoom room, RequestDelegate next)
    {
        using var place = room.Enter(key);
        await (place is null ? Challenge.TooManyOfKeyAsync(context, room.Says(key), KeyRoom.RetryAfter) : next(context));
    }

    // Which agent that is, is asked where agents are looked up.
    private static bool IsOfOneAgent(HttpContext context) => context.Request.Path.Value is AgentsPath or AgentsPath + "/" ? HttpMethods.IsGet(context.Request.Method)
        : context.Request.Path.StartsWithSegments(AgentsPath) ? Guid.TryParse(context.Request.RouteValues["id"]?.ToString(), out _)
        : context.Request.Path.StartsWithSegments(RunsPath) || context.Request.Path.StartsWithSegments(QuestionsPath)
        || context.Request.Path.Equals(CompletionsPath, StringComparison.Ordinal) || context.Request.Path.Equals(McpComposition.Path, StringComparison.Ordinal);
}
