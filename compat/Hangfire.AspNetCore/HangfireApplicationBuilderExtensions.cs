using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire;

public static class HangfireApplicationBuilderExtensions
{
    public static IApplicationBuilder UseHangfireDashboard(
        this IApplicationBuilder app, string pathMatch = "/hangfire", DashboardOptions? options = null, JobStorage? storage = null) =>
        app.Map(new PathString(pathMatch), branch => branch.UseDashboardMiddleware(options, storage));

    internal static IApplicationBuilder UseDashboardMiddleware(this IApplicationBuilder app, DashboardOptions? options, JobStorage? storage)
    {
        var services = app.ApplicationServices;
        return app.UseMiddleware<AspNetCoreDashboardMiddleware>(
            storage ?? services.GetRequiredService<JobStorage>(),
            options ?? services.GetService<DashboardOptions>() ?? new DashboardOptions(),
            services.GetRequiredService<RouteCollection>());
    }
}
