using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Web.Health;

/// <summary>What load balancers, orchestrators and people ask; open to everyone.</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<Uptime>();
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<EngineProbe>();
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Uptime counts from here, not from the first question.
        routes.ServiceProvider.GetRequiredService<Uptime>();
        var health = routes.MapGroup("").WithTags("Health").AllowAnonymous();
        health.MapGet("/health", Health).WithSummary("Tell how the service and what it depends on are").Produces<HealthResponse>().Produces<HealthResponse>(503);
        health.MapGet("/healthz", Live).WithSummary("Tell that the process is alive").Produces<LivenessResponse>();
        health.MapGet("/readyz", Ready).WithSummary("Tell whether to send work here").Produces<ReadinessResponse>().Produces<ReadinessResponse>(503);

        // Some load balancers ask with HEAD.
        var probes = routes.MapGroup("").ExcludeFromDescription().AllowAnonymous();
        probes.MapMethods("/healthz", [HttpMethods.Head], Live);
        probes.MapMethods("/readyz", [HttpMethods.Head], Ready);
    }

    private static async Task<JsonHttpResult<HealthResponse>> Health(
        DatabaseProbe database, EngineProbe engine, ExecutorIdentity executor, Uptime uptime, CancellationToken cancellationToken)
    {
        var databaseHealth = await database.LookAsync(cancellationToken);
        var engineHealth = databaseHealth.Status is CheckStatus.Ok
            ? await engine.LookAsync(cancellationToken)
            : new EngineHealth(CheckStatus.Failed, Servers: 0, "The database is away.");
        var status = engineHealth.Status is CheckStatus.Ok ? CheckStatus.Ok : CheckStatus.Failed;
        return TypedResults.Json(
            new HealthResponse(status, ServiceVersion.Service, ServiceVersion.Engine, executor.Id, uptime.Seconds, new HealthChecks(databaseHealth, engineHealth)),
            statusCode: status is CheckStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<LivenessResponse> Live() => TypedResults.Ok(new LivenessResponse("alive"));

    // Migrations run before the port is opened, so a process that answers at all has done them.
    private static async Task<JsonHttpResult<ReadinessResponse>> Ready(DatabaseProbe database, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var reason = lifetime.ApplicationStopping.IsCancellationRequested
            ? "The service is stopping."
            : await database.LookAsync(cancellationToken) is { Error: { } error } ? $"The database is away: {error}" : null;
        return TypedResults.Json(
            new ReadinessResponse(reason is null ? "ready" : "not_ready", reason),
            statusCode: reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
