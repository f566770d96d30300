using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>What an operator's connection may do.</summary>
internal static class Scopes
{
    public const string Read = "operator.read";
    public const string Write = "operator.write";
    public const string Admin = "operator.admin";

    public const string Pairing = "operator.pairing";

    /// <summary>Ours: to serve agents as a process. Write implies it.</summary>
    public const string Runtime = "operator.runtime";

    public const string Questions = "operator.questions";

    /// <summary>Not a scope, but the role whose methods these are.</summary>
    public const string Node = "node";

    private static readonly string[] Known =
        [Read, Write, Admin, Runtime, "operator.approvals", Pairing, Questions, "operator.talk", "operator.talk.secrets"];

    /// <summary>Those asked for that exist. Who has the token may have them all.</summary>
    public static IReadOnlyList<string> Grant(IEnumerable<string> asked) => [.. Known.Intersect(asked)];

    /// <summary>Those of a client's that its key has as well. What serves agents has no word for it in the protocol, and need not ask.</summary>
    public static IReadOnlyList<string> Grant(IReadOnlyList<string> asked, KeyGrant key) => key.Allows(KeyScopes.Admin)
        ? asked
        : [.. asked.Where(scope => scope switch { Read => key.Allows(KeyScopes.Read), Write or Questions => key.Allows(KeyScopes.Write), _ => false }), .. key.Allows(KeyScopes.Runtime) ? [Runtime] : Array.Empty<string>()];

    /// <summary>Admin implies all, and write implies read.</summary>
    public static bool Allows(IReadOnlyList<string> granted, string needed) =>
        granted.Contains(needed) || granted.Contains(Admin) || (needed is Read or Runtime && granted.Contains(Write));

    public static GatewayException Missing(string scope) => new(new GatewayError(
        ErrorCodes.Forbidden,
        $"missing scope: {scope}",
        GatewayException.Details("MISSING_SCOPE", ("missingScope", scope), ("requiredScopes", new[] { scope }))));
}
