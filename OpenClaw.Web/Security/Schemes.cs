namespace OpenClaw.Web.Security;

/// <summary>Names of the ways to sign in.</summary>
internal static class Schemes
{
    public const string Bearer = "Bearer";
    public const string Cookie = "Cookie";
    public const string Oidc = "Oidc";

    /// <summary>Picks one of the others for each request.</summary>
    public const string Either = "BearerOrCookie";
}
