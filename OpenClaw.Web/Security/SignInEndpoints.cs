using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security.Keys;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Security;

/// <summary>Sign-in and sign-out for people.</summary>
internal static class SignInEndpoints
{
    // Of the address that a sign-in leads back to; it is in the state that goes to an issuer and back.
    private const int MaxReturnUrl = 1_024;

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(Routes.SignIn, ShowLoginAsync).AllowAnonymous();
        pages.MapGet(Routes.SignInOidc, BeginOidcAsync).AllowAnonymous();
        pages.MapPost(Routes.SignIn, LoginAsync).AllowAnonymous().DisableAntiforgery();
        pages.MapGet(Routes.SignOut, ShowLogout);
        pages.MapPost(Routes.SignOut, LogoutAsync).RequireScope(KeyScopes.Read).DisableAntiforgery();
        pages.MapGet(SignInPage.StylePath, () => TypedResults.Text(SignInPage.Style, "text/css")).AllowAnonymous();
    }

    /// <summary>The form, which leads back to where the request wanted to go.</summary>
    public static string AddressFor(HttpRequest request) =>
        Links.SignIn + QueryString.Create("returnUrl", request.PathBase + request.Path + request.QueryString);

    private static Task<ContentHttpResult> ShowLoginAsync(HttpContext context, IAntiforgery antiforgery, string? returnUrl, string? left) =>
        FormAsync(context, antiforgery, returnUrl, message: null, hasLeft: left is not null);

    private static async Task<IResult> BeginOidcAsync(HttpContext context, IAntiforgery antiforgery, string? returnUrl) =>
        context.RequestServices.GetService<PersonSignIn>() is { } people
            ? await people.BeginAsync(context, OwnOrHome(returnUrl))
            : await FormAsync(context, antiforgery, returnUrl, "People sign in here with the token: OIDC_ISSUER is not set.", StatusCodes.Status404NotFound);

    private static async Task<Results<RedirectHttpResult, ContentHttpResult>> LoginAsync(HttpContext context, IAntiforgery antiforgery, AuthToken token, SignInLimit limit, StrangerPace pace, AuditWriter audit)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var returnUrl = form["returnUrl"].ToString();
        if (PublicAddress.Current.Trouble is { MaySignIn: false } || !await antiforgery.IsRequestValidAsync(context))
        {
            if (pace.Take(context.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero)
            {
                return await FormAsync(context, antiforgery, returnUrl, $"Too many forms came from your address. Wait {Say.Count(Challenge.TellToWait(context.Response, wait), "second")}.", StatusCodes.Status429TooManyRequests);
            }

            var message = PublicAddress.Current.Trouble is null ? "The form was too old. Please try again." : "Your browser did not send back the cookie of this form.";
            return await FormAsync(context, antiforgery, returnUrl, message, StatusCodes.Status400BadRequest);
        }

        if (!token.Matches(form["token"].ToString().Trim()))
        {
            var retryAfter = limit.Failed(context.Connection.RemoteIpAddress);
            if (retryAfter == TimeSpan.Zero)
            {
                await audit.WriteAsync(new AuditEntry { Actor = "browser", Action = "session.sign_in", Subject = "session", Outcome = AuditEntry.Refused, Detail = "wrong token" }, context.RequestAborted);
                return await FormAsync(context, antiforgery, returnUrl, "That is not the token.", StatusCodes.Status401Unauthorized);
            }

            var seconds = Challenge.TellToWait(context.Response, retryAfter);
            return await FormAsync(
                context, antiforgery, returnUrl, $"{SignInLimit.MostFailures} wrong tokens came from your address within a minute. Wait {Say.Count(seconds, "second")}.", StatusCodes.Status429TooManyRequests);
        }

        await context.SignInAsync(Schemes.Cookie, Users.Browser(token.SessionStamp));
        await audit.WriteAsync(new AuditEntry { Actor = "browser", Action = "session.sign_in", Subject = "session", Credential = BrowserSessions.CredentialOf(context) }, context.RequestAborted);
        return TypedResults.LocalRedirect(OwnOrHome(returnUrl));
    }

    /// <summary>The form, with what was wrong with the last attempt, and why the way by an issuer does not work where that is so.</summary>
    public static async Task<ContentHttpResult> FormAsync(HttpContext context, IAntiforgery antiforgery, string? returnUrl, string? message, int status = StatusCodes.Status200OK, bool hasLeft = false)
    {
        var issuer = context.RequestServices.GetService<Issuer>();
        var home = OwnOrHome(returnUrl);
        var way = issuer is null ? null : new IssuerWay(issuer.Name, Links.SignInOidc(home), await issuer.WhyAwayAsync(context.RequestAborted), hasLeft ? issuer.SignOut : null);
        return SignInPage.Login(antiforgery.GetAndStoreTokens(context), home, message, way, PublicAddress.Current.Trouble, status);
    }

    private static ContentHttpResult ShowLogout(HttpContext context, IAntiforgery antiforgery) =>
        SignInPage.Logout(antiforgery.GetAndStoreTokens(context));

    private static async Task<RedirectHttpResult> LogoutAsync(HttpContext context, IAuthenticationService authentication, BrowserSessions sessions, AuditWriter audit)
    {
        var everywhere = context.Request.HasFormContentType && (await context.Request.ReadFormAsync(context.RequestAborted))["everywhere"] == "true";
        await audit.WriteAsync(new AuditEntry { Actor = context.User.ToCaller().Actor, Action = "session.sign_out", Subject = "session", Detail = everywhere ? "everywhere" : null }, context.RequestAborted);
        if (everywhere)
        {
            await sessions.RemoveAllAsync(context.User.ToCaller().Owner, Person.Of(context.User), context.RequestAborted);
        }

        await authentication.SignOutAsync(context, Schemes.Cookie, properties: null);
        return TypedResults.LocalRedirect(Person.Of(context.User) is null ? Links.SignIn : Links.SignedOut);
    }

    // Browsers drop control characters and take a backslash for a slash, so /\host and /<tab>/host leave this site. Below a
    // proxy's sub-path the rest of the host is somebody else's.
    public static string OwnOrHome(string? url) =>
        url is { Length: <= MaxReturnUrl } and ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) && url.StartsWith(Links.Overview, StringComparison.Ordinal) ? url : Links.Overview;
}
