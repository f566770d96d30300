using Microsoft.AspNetCore.Authorization;
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
        return role.Allows(needed) ? next(context) : Refusals.AnswerAsync(context, MissingRole, role.SaysMissing(needed));
    });
}
