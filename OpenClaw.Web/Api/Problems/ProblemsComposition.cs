using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Pages;

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
        app.UseStatusCodePages(status => IsPerson(status.HttpContext)
            ? DashboardPage.Missing("There is nothing at this address.").ExecuteAsync(status.HttpContext)
            : BadRequests.For(status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext));
    }

    // Somebody who has signed in and typed an address that there is not.
    private static bool IsPerson(HttpContext context)
    {
        var isPage = context.Response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null && HttpMethods.IsGet(context.Request.Method)
            && context.User.Identity is { IsAuthenticated: true } && !context.Request.Path.StartsWithSegments(ApiComposition.Root)
            && context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
        if (isPage)
        {
            context.Response.Headers.ContentSecurityPolicy = DashboardComposition.Policy;
        }

        return isPage;
    }
}
