using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

public static class AspNetCoreDashboardContextExtensions
{
    public static HttpContext GetHttpContext(this DashboardContext context) =>
        context is AspNetCoreDashboardContext aspNetCore
            ? aspNetCore.HttpContext
            : throw new ArgumentException($"The context must be an {nameof(AspNetCoreDashboardContext)}.", nameof(context));
}
