using System.Security.Claims;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Security.Keys;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Security;

/// <summary>Who is signed in. Whoever has the service's token is the owner of everything; a key, and a person by their role, may do a part of what its owner may.</summary>
internal static class Users
{
    public static ClaimsPrincipal Admin(string scheme, params Claim[] claims) => Of(Owners.House, scheme, claims);

    /// <summary>Somebody with a browser who has shown the token.</summary>
    public static ClaimsPrincipal Browser(string stamp, params Claim[] claims) =>
        Admin(Schemes.Cookie, [new Claim(SecurityComposition.StampClaim, stamp), Person.ToClaim(PersonRole.Admin), .. claims]);

    /// <summary>Somebody with a browser of whom an issuer has said who it is.</summary>
    public static ClaimsPrincipal Of(Person person, string stamp, params Claim[] claims) =>
        Of(person.Owner, Schemes.Cookie, [new Claim(SecurityComposition.StampClaim, stamp), .. person.ToClaims(), .. claims]);

    public static Caller ToCaller(this ClaimsPrincipal user) =>
        KeyGrant.Of(user) is { } key ? ToCaller(key)
        : Person.Of(user) is { } person ? new Caller(person.Owner, person.Actor) { IsAdmin = user.May(KeyScopes.Admin) }
        : new Caller(user.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in."), IsBrowser(user) ? "browser" : "api") { IsAdmin = user.May(KeyScopes.Admin) };

    /// <summary>Somebody who comes by another door than the REST API, under whose name audit and events have it; a key and a person have names of their own.</summary>
    public static Caller ToCaller(this ClaimsPrincipal user, string door) =>
        KeyGrant.Of(user) is null && Person.Of(user) is null ? user.ToCaller() with { Actor = door } : user.ToCaller();

    /// <summary>A client of the gateway that has shown the token, or a key.</summary>
    public static Caller Gateway(string client, KeyGrant? key) => key is null ? new Caller(Owners.House, $"gateway:{client}") : ToCaller(key);

    /// <summary>Whether they are of those who run the service, whatever they may do.</summary>
    public static bool IsOfHouse(this ClaimsPrincipal user) => user.Identity?.Name == Owners.House;

    private static ClaimsPrincipal Of(string owner, string scheme, IEnumerable<Claim> claims) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, owner), .. claims], scheme));

    private static Caller ToCaller(KeyGrant key) => new(key.Owner, key.Actor) { Agents = key.Agents, IsAdmin = key.Allows(KeyScopes.Admin) };

    /// <summary>What they have shown, for the audit log: no secret, and enough to tell one from another.</summary>
    public static string? CredentialOf(this ClaimsPrincipal user) => user.Identity is not { IsAuthenticated: true } ? null
        : KeyGrant.Of(user) is { } key ? $"key:{key.Id}"
        : user.FindFirstValue(BrowserSessions.IdClaim) is { } session ? $"session:{session}"
        : "token";

    /// <summary>Whether they are signed in, and may do what the scope says.</summary>
    public static bool May(this ClaimsPrincipal user, string scope) =>
        user.Identity is { IsAuthenticated: true } && KeyGrant.Of(user)?.Allows(scope) is not false && Person.RoleOf(user)?.Allows(scope) is not false;

    public static bool IsBrowser(this ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Cookie };
}
