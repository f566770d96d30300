using Microsoft.AspNetCore.Antiforgery;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Security;

/// <summary>
/// A browser sends its cookie along whoever made it send the request. So a change that comes with a cookie needs an
/// antiforgery token as well; one with a bearer token does not.
/// </summary>
internal sealed class BrowserRequestGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsChange(context.Request.Method) && context.User.IsBrowser() && !await antiforgery.IsRequestValidAsync(context))
        {
            await ProblemResult.Of(StatusCodes.Status403Forbidden, "antiforgery_token_required", "A request with a session cookie needs the page's antiforgery token too. Programs send Authorization: Bearer instead.")
                .ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsChange(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method);
}
