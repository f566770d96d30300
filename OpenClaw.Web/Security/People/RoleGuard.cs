using Microsoft.AspNetCore.Authorization;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Security.People;

/// <summary>Holds whoever is signed in with a browser to their role, by what endpoints ask of keys.</summary>
internal static class RoleGuard
{
    /// <summary>The code of what is refused for want of a role.</summary>
    public const string MissingRole = "missing_role";

    /// <summary>After it is known who asks.</summary>
    public static void UseRoleGuard(this WebApplication app) => app.Use((context, next) =>
    {
        if (Person.RoleOf(context.User) is not { } role || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        var needed = KeyGuard.ScopeOf(context.GetEndpoint(), context.Request.Method);
        return role.Allows(needed) ? next(context) : RefuseAsync(context, role.SaysMissing(needed));
    });

    private static Task RefuseAsync(HttpContext context, string why)
    {
        if (context.Request.Headers.ContainsKey("X-Live"))
        {
            return TypedResults.Text(why, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        }

        if (!context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)))
        {
            return ProblemResult.Of(StatusCodes.Status403Forbidden, MissingRole, why).ExecuteAsync(context);
        }

        context.Response.Headers.ContentSecurityPolicy = DashboardComposition.Policy;
        return DashboardPage.Of<RefusedPage>(new { Why = why }, StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }
}
