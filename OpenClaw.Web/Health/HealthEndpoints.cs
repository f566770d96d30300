using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Health;

/// <summary>What load balancers, orchestrators and people ask. Strangers learn whether all is well, and nothing of what there is.</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services, OpenClawOptions options)
    {
        services.AddSingleton<Uptime>();
        services.AddSingleton<DatabaseLook>();
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<HealthReports>();
        services.AddSingleton<IHealthProbe>(provider => provider.GetRequiredService<EngineProbe>());
        services.AddSingleton(new HealthCheckInterval(options.HealthCheckInterval));
        services.AddSingleton<IHealthProbe>(new DiskProbe(options.DataDirectory));
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Uptime counts from here, not from the first question.
        routes.ServiceProvider.GetRequiredService<Uptime>();
        var health = routes.MapGroup("").WithTags("Health").AllowAnonymous();
        health.MapGet("/health", Health).WithSummary("Tell how the service and what it depends on are; without the token, only status").Produces<HealthResponse>().Produces<HealthResponse>(503);
        health.MapGet("/healthz", Live).WithSummary("Tell that the process is alive").Produces<LivenessResponse>();
        health.MapGet("/readyz", Ready).WithSummary("Tell whether to send work here").Produces<ReadinessResponse>().Produces<ReadinessResponse>(503);

        // Some load balancers ask with HEAD.
        var probes = routes.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        probes.MapMethods("/health", [HttpMethods.Head], Health);
        probes.MapMethods("/healthz", [HttpMethods.Head], Live);
        probes.MapMethods("/readyz", [HttpMethods.Head], Ready);
    }

    /// <summary>Whether it is one of those that anybody may ask.</summary>
    public static bool IsProbe(HttpRequest request) => request.Path.Value is "/health" or "/healthz" or "/readyz";

    /// <summary>
    /// Answers probes of strangers before the routes are looked at: those are made with the first request that needs them, and a
    /// process that was killed is waited for.
    /// </summary>
    public static void UseProbes(this WebApplication app) => app.Use((context, next) => context.Request switch
    {
        { Method: "GET" or "HEAD" } request when Challenge.CarriesToken(request) || request.Headers.ContainsKey(HeaderNames.Cookie) => next(context),
        { Method: "GET" or "HEAD", Path.Value: "/healthz" } => Live().ExecuteAsync(context),
        { Method: "GET" or "HEAD", Path.Value: "/readyz" } => ReadyAsync(context),
        _ => next(context),
    });

    private static async Task ReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var ready = await Ready(services.GetRequiredService<HealthReports>(), new ClaimsPrincipal(), services.GetRequiredService<IHostApplicationLifetime>(), context.RequestAborted);
        await ready.ExecuteAsync(context);
    }

    private static async Task<IResult> Health(HttpContext context, ClaimsPrincipal user, HealthReports reports, CancellationToken cancellationToken)
    {
        // Whoever shows a token means to be told more, and must learn that it is not the right one.
        if (user.Identity is not { IsAuthenticated: true } && Challenge.CarriesToken(context.Request))
        {
            return TypedResults.Challenge();
        }

        var report = await reports.AllAsync(cancellationToken);
        var status = report.Checks.Engine.Status is CheckStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return user.IsOfHouse() && user.May(KeyScopes.Read)
            ? TypedResults.Json(report, statusCode: status)
            : TypedResults.Json(new HealthStatusResponse(report.Status), statusCode: status);
    }

    // Not where the database is, or who is refused by it.
    private static string WhatIsWrong(string error) => error.Split(':')[0] + ".";

    private static Ok<LivenessResponse> Live() => TypedResults.Ok(new LivenessResponse("alive"));

    // Migrations run before the port is opened, so a process that answers at all has done them.
    private static async Task<JsonHttpResult<ReadinessResponse>> Ready(HealthReports reports, ClaimsPrincipal user, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var reason = lifetime.ApplicationStopping.IsCancellationRequested
            ? "The service is stopping."
            : await reports.DatabaseAsync(cancellationToken) is { Error: { } error }
                ? user.IsOfHouse() && user.May(KeyScopes.Read) ? error : WhatIsWrong(error)
                : null;
        return TypedResults.Json(
            new ReadinessResponse(reason is null ? "ready" : "not_ready", reason),
            statusCode: reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
