using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>What an operator's connection may do.</summary>
internal static class Scopes
{
    public const string Read = "operator.read";
    public const string Write = "operator.write";
    public const string Admin = "operator.admin";

    public const string Pairing = "operator.pairing";

    /// <summary>Not a scope, but the role whose methods these are.</summary>
    public const string Node = "node";

    private static readonly string[] Known =
        [Read, Write, Admin, "operator.approvals", Pairing, "operator.questions", "operator.talk", "operator.talk.secrets"];

    /// <summary>Those asked for that exist. Who has the token may have them all.</summary>
    public static IReadOnlyList<string> Grant(IEnumerable<string> asked) => [.. Known.Intersect(asked)];

    /// <summary>Admin implies all, and write implies read.</summary>
    public static bool Allows(IReadOnlyList<string> granted, string needed) =>
        granted.Contains(needed) || granted.Contains(Admin) || (needed == Read && granted.Contains(Write));

    public static GatewayException Missing(string scope) => new(new GatewayError(
        ErrorCodes.Forbidden,
        $"missing scope: {scope}",
        GatewayException.Details("MISSING_SCOPE", ("missingScope", scope), ("requiredScopes", new[] { scope }))));
}
