using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Security.People;

/// <summary>What the roles of people may, in the scopes that keys have.</summary>
internal static class PersonRoles
{
    private static readonly string[] Viewer = [KeyScopes.Read, KeyScopes.Metrics];
    private static readonly string[] Operator = [KeyScopes.Write, KeyScopes.Metrics];
    private static readonly string[] Admin = [KeyScopes.Admin];

    public static bool Allows(this PersonRole role, string scope) => KeyScopes.Allows(
        role switch
        {
            PersonRole.Admin => Admin,
            PersonRole.Operator => Operator,
            _ => Viewer,
        },
        scope);

    /// <summary>Why not, as a sentence for whoever has the role.</summary>
    public static string SaysMissing(this PersonRole role, string scope) => scope is KeyScopes.Admin
        ? $"You are signed in as {Article(role)}, and this is for admins alone: members of a group that OIDC_ADMINS names."
        : $"You are signed in as {Article(role)}, who may look and change nothing. This is for operators and admins: members of a group that OIDC_OPERATORS or OIDC_ADMINS names.";

    private static string Article(PersonRole role) => $"{(role is PersonRole.Viewer ? "a" : "an")} {EnumText.ToLower(role)}";
}
