using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Security;

/// <summary>How somebody is told that they may not: as a page, as a line for a part of a page, or as a problem.</summary>
internal static class Refusals
{
    /// <param name="context">Whose request is refused: 403.</param>
    /// <param name="code">For programs.</param>
    /// <param name="why">A sentence.</param>
    public static Task AnswerAsync(HttpContext context, string code, string why)
    {
        if (context.Request.Headers.ContainsKey("X-Live"))
        {
            return TypedResults.Text(why, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        }

        if (!context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            return ProblemResult.Of(StatusCodes.Status403Forbidden, code, why).ExecuteAsync(context);
        }

        context.Response.Headers.ContentSecurityPolicy = DashboardComposition.Policy;
        return DashboardPage.Of<RefusedPage>(new { Why = why }, StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }
}
