using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire.Dashboard;

/// <summary>Decides who may see and change what, before any page or command runs.</summary>
public class AspNetCoreDashboardMiddleware(RequestDelegate next, JobStorage storage, DashboardOptions options, RouteCollection routes)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task Invoke(HttpContext httpContext)
    {
        if (routes.FindDispatcher(httpContext.Request.Path.Value ?? "") is not var (dispatcher, match))
        {
            await next(httpContext);
            return;
        }

        var context = new AspNetCoreDashboardContext(storage, options, httpContext) { UriMatch = match };
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";

        if (!await IsAuthorized(context))
        {
            httpContext.Response.StatusCode = httpContext.User.Identity?.IsAuthenticated == true
                ? StatusCodes.Status403Forbidden
                : StatusCodes.Status401Unauthorized;
        }
        else if (!await IsOwnRequest(httpContext))
        {
            httpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            await dispatcher.Dispatch(context);
        }
    }

    private async Task<bool> IsAuthorized(DashboardContext context)
    {
        foreach (var filter in options.Authorization)
        {
            if (!filter.Authorize(context)) return false;
        }
        foreach (var filter in options.AsyncAuthorization)
        {
            if (!await filter.AuthorizeAsync(context)) return false;
        }
        return true;
    }

    /// <summary>
    /// A form of another site must not change anything here. Browsers name the sender's site themselves; where the host
    /// has no antiforgery service, that is all there is to go by, and a request without it is refused.
    /// </summary>
    private async Task<bool> IsOwnRequest(HttpContext context)
    {
        if (options.IgnoreAntiforgeryToken || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)) return true;
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return false;

        return context.RequestServices.GetService<IAntiforgery>() is { } antiforgery ? await antiforgery.IsRequestValidAsync(context) : site.Length > 0;
    }
}
