using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Health;

/// <summary>What load balancers, orchestrators and people ask; open to everyone.</summary>
internal static class HealthEndpoints
{
    private const int ShownTransitions = 20;

    public static void AddHealth(this IServiceCollection services, OpenClawOptions options)
    {
        services.AddSingleton<Uptime>();
        services.AddSingleton<DatabaseLook>();
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<IHealthProbe>(provider => provider.GetRequiredService<EngineProbe>());
        services.AddSingleton(new HealthCheckInterval(options.HealthCheckInterval));
        services.AddSingleton<IHealthProbe>(new DiskProbe(options.DataDirectory));
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
        DatabaseLook database, EngineProbe engine, HealthLedger ledger, ExecutorIdentity executor, Uptime uptime, CancellationToken cancellationToken)
    {
        var databaseHealth = await database.LookAsync(cancellationToken);
        var engineHealth = databaseHealth.Status is CheckStatus.Ok
            ? await engine.LookAsync(cancellationToken)
            : new EngineHealth(CheckStatus.Failed, Servers: 0, databaseHealth.Error);
        var (checks, transitions) = databaseHealth.Status is CheckStatus.Ok
            ? (await ledger.ReadAsync(cancellationToken), await ledger.TransitionsAsync(ShownTransitions, cancellationToken))
            : ([], []);
        var worst = checks.Select(check => (CheckStatus)check.Status).Append(engineHealth.Status).Append(databaseHealth.Status).Max();
        return TypedResults.Json(
            new HealthResponse(
                worst, ServiceVersion.Service, ServiceVersion.Engine, executor.Id, uptime.Seconds, new HealthChecks(databaseHealth, engineHealth),
                checks.ToDictionary(check => StoredCheckResponse.Key(check, executor.Node), StoredCheckResponse.From), [.. transitions.Select(TransitionResponse.From)]),
            statusCode: engineHealth.Status is CheckStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<LivenessResponse> Live() => TypedResults.Ok(new LivenessResponse("alive"));

    // Migrations run before the port is opened, so a process that answers at all has done them.
    private static async Task<JsonHttpResult<ReadinessResponse>> Ready(DatabaseLook database, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var reason = lifetime.ApplicationStopping.IsCancellationRequested
            ? "The service is stopping."
            : (await database.LookAsync(cancellationToken)).Error;
        return TypedResults.Json(
            new ReadinessResponse(reason is null ? "ready" : "not_ready", reason),
            statusCode: reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
