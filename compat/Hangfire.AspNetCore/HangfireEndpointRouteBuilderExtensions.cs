using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire;

public static class HangfireEndpointRouteBuilderExtensions
{
    private const string Rest = "hangfirePath";

    public static IEndpointConventionBuilder MapHangfireDashboard(
        this IEndpointRouteBuilder endpoints, DashboardOptions? options = null, JobStorage? storage = null) =>
        endpoints.MapHangfireDashboard("/hangfire", options, storage);

    public static IEndpointConventionBuilder MapHangfireDashboard(
        this IEndpointRouteBuilder endpoints, string pattern, DashboardOptions? options = null, JobStorage? storage = null)
    {
        var dashboard = endpoints.CreateApplicationBuilder()
            .Use(BelowItsOwnPath)
            .UseDashboardMiddleware(options, storage)
            .Build();
        return endpoints.Map($"{pattern.TrimEnd('/')}/{{**{Rest}}}", dashboard).WithDisplayName("Hangfire Dashboard");
    }

    /// <summary>The policy decides alone: the dashboard's own filters, which let in local requests only, do not apply.</summary>
    public static IEndpointConventionBuilder MapHangfireDashboardWithAuthorizationPolicy(
        this IEndpointRouteBuilder endpoints, string authorizationPolicyName, string pattern = "/hangfire", DashboardOptions? options = null, JobStorage? storage = null) =>
        endpoints.MapHangfireDashboardWithNoAuthorizationFilters(pattern, options, storage).RequireAuthorization(authorizationPolicyName);

    public static IEndpointConventionBuilder MapHangfireDashboardWithNoAuthorizationFilters(
        this IEndpointRouteBuilder endpoints, string pattern = "/hangfire", DashboardOptions? options = null, JobStorage? storage = null)
    {
        options ??= endpoints.ServiceProvider.GetService<DashboardOptions>() ?? new DashboardOptions();
        options.Authorization = [];
        options.AsyncAuthorization = [];
        return endpoints.MapHangfireDashboard(pattern, options, storage);
    }

    /// <summary>Splits the path as <c>app.Map</c> does: what the pattern matched becomes part of the base.</summary>
    private static async Task BelowItsOwnPath(HttpContext context, RequestDelegate next)
    {
        var (pathBase, path) = (context.Request.PathBase, context.Request.Path);
        var rest = "/" + context.GetRouteValue(Rest);
        var own = path.Value!.EndsWith(rest, StringComparison.Ordinal) ? path.Value[..^rest.Length] : path.Value;
        context.Request.PathBase = pathBase.Add(new PathString(own));
        context.Request.Path = new PathString(rest);
        // The request has been routed; what runs from here is one middleware and not an endpoint to be matched.
        context.SetEndpoint(null);
        try
        {
            await next(context);
        }
        finally
        {
            (context.Request.PathBase, context.Request.Path) = (pathBase, path);
        }
    }
}
