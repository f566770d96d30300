using System.Security.Claims;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Security;

/// <summary>Who is signed in. There is one token, so there is one owner of everything.</summary>
internal static class Users
{
    public const string AdminName = "admin";

    public static ClaimsPrincipal Admin(string scheme, params Claim[] claims) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, AdminName), .. claims], scheme));

    public static Caller ToCaller(this ClaimsPrincipal user) =>
        new(user.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in."), IsBrowser(user) ? "browser" : "api");

    /// <summary>A client of the gateway that has shown the token.</summary>
    public static Caller Gateway(string client) => new(AdminName, $"gateway:{client}");

    public static bool IsBrowser(this ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Cookie };
}
