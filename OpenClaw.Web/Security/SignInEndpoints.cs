using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenClaw.Web.Security;

/// <summary>Sign-in and sign-out for people.</summary>
internal static class SignInEndpoints
{
    public const string LoginPath = "/login";
    private const string Home = "/";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(LoginPath, ShowLogin).AllowAnonymous();
        pages.MapPost(LoginPath, LoginAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(SignInLimit.Policy);
        pages.MapGet("/logout", ShowLogout);
        pages.MapPost("/logout", LogoutAsync).DisableAntiforgery();
        pages.MapGet(SignInPage.StylePath, () => TypedResults.Text(SignInPage.Style, "text/css")).AllowAnonymous();
    }

    /// <summary>The form, which leads back to where the request wanted to go.</summary>
    public static string AddressFor(HttpRequest request) =>
        LoginPath + QueryString.Create("returnUrl", request.PathBase + request.Path + request.QueryString);

    private static ContentHttpResult ShowLogin(HttpContext context, IAntiforgery antiforgery, string? returnUrl) =>
        SignInPage.Login(antiforgery.GetAndStoreTokens(context), LocalOrHome(returnUrl), message: null);

    private static async Task<Results<RedirectHttpResult, ContentHttpResult>> LoginAsync(HttpContext context, IAntiforgery antiforgery, AuthToken token)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var returnUrl = LocalOrHome(form["returnUrl"]);
        if (!await antiforgery.IsRequestValidAsync(context))
            return SignInPage.Login(antiforgery.GetAndStoreTokens(context), returnUrl, "The form was too old. Please try again.", StatusCodes.Status400BadRequest);

        if (!token.Matches(form["token"].ToString().Trim()))
            return SignInPage.Login(antiforgery.GetAndStoreTokens(context), returnUrl, "That is not the token.", StatusCodes.Status401Unauthorized);

        var user = Users.Admin(Schemes.Cookie, new Claim(SecurityComposition.StampClaim, token.SessionStamp));
        await context.SignInAsync(Schemes.Cookie, user);
        return TypedResults.LocalRedirect(returnUrl);
    }

    private static ContentHttpResult ShowLogout(HttpContext context, IAntiforgery antiforgery) =>
        SignInPage.Logout(antiforgery.GetAndStoreTokens(context));

    private static async Task<RedirectHttpResult> LogoutAsync(HttpContext context, IAuthenticationService authentication)
    {
        await authentication.SignOutAsync(context, Schemes.Cookie, properties: null);
        return TypedResults.LocalRedirect(LoginPath);
    }

    // Browsers drop control characters and take a backslash for a slash, so /\host and /<tab>/host leave this site.
    private static string LocalOrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Home;
}
