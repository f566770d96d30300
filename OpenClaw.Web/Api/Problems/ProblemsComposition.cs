namespace OpenClaw.Web.Api.Problems;

/// <summary>Every answer without success is a <see cref="Problem"/>, whoever gave it.</summary>
internal static class ProblemsComposition
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddSingleton<OutageLog>();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(status => BadRequests.For(status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext));
    }
}
