using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>Sign-in and sign-out for people.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet(Routes.SignIn, ShowLogin).AllowAnonymous();
        pages.MapPost(Routes.SignIn, LoginAsync).AllowAnonymous().DisableAntiforgery();
        pages.MapGet(Routes.SignOut, ShowLogout);
        pages.MapPost(Routes.SignOut, LogoutAsync).DisableAntiforgery();
        pages.MapGet(SignInPage.StylePath, () => TypedResults.Text(SignInPage.Style, "text/css")).AllowAnonymous();
    }

    /// <summary>The form, which leads back to where the request wanted to go.</summary>
    public static string AddressFor(HttpRequest request) =>
        Links.SignIn + QueryString.Create("returnUrl", request.PathBase + request.Path + request.QueryString);

    private static ContentHttpResult ShowLogin(HttpContext context, IAntiforgery antiforgery, string? returnUrl) =>
        Form(context, antiforgery, returnUrl, message: null);

    private static async Task<Results<RedirectHttpResult, ContentHttpResult>> LoginAsync(HttpContext context, IAntiforgery antiforgery, AuthToken token, SignInLimit limit, StrangerPace pace, AuditWriter audit)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var returnUrl = form["returnUrl"].ToString();
        if (PublicAddress.Current.Trouble is { MaySignIn: false } || !await antiforgery.IsRequestValidAsync(context))
        {
            if (pace.Take(context.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero)
            {
                return Form(context, antiforgery, returnUrl, $"Too many forms came from your address. Wait {Say.Count(Challenge.TellToWait(context.Response, wait), "second")}.", StatusCodes.Status429TooManyRequests);
            }

            var message = PublicAddress.Current.Trouble is null ? "The form was too old. Please try again." : "Your browser did not send back the cookie of this form.";
            return Form(context, antiforgery, returnUrl, message, StatusCodes.Status400BadRequest);
        }

        if (!token.Matches(form["token"].ToString().Trim()))
        {
            var retryAfter = limit.Failed(context.Connection.RemoteIpAddress);
            if (retryAfter == TimeSpan.Zero)
            {
                await audit.WriteAsync(new AuditEntry { Actor = "browser", Action = "session.sign_in", Subject = "session", Outcome = AuditEntry.Refused, Detail = "wrong token" }, context.RequestAborted);
                return Form(context, antiforgery, returnUrl, "That is not the token.", StatusCodes.Status401Unauthorized);
            }

            var seconds = Challenge.TellToWait(context.Response, retryAfter);
            return Form(
                context, antiforgery, returnUrl, $"{SignInLimit.MostFailures} wrong tokens came from your address within a minute. Wait {Say.Count(seconds, "second")}.", StatusCodes.Status429TooManyRequests);
        }

        var user = Users.Admin(Schemes.Cookie, new Claim(SecurityComposition.StampClaim, token.SessionStamp));
        await context.SignInAsync(Schemes.Cookie, user);
        await audit.WriteAsync(new AuditEntry { Actor = "browser", Action = "session.sign_in", Subject = "session" }, context.RequestAborted);
        return TypedResults.LocalRedirect(OwnOrHome(returnUrl));
    }

    private static ContentHttpResult Form(HttpContext context, IAntiforgery antiforgery, string? returnUrl, string? message, int status = StatusCodes.Status200OK) =>
        SignInPage.Login(antiforgery.GetAndStoreTokens(context), OwnOrHome(returnUrl), message, PublicAddress.Current.Trouble, status);

    private static ContentHttpResult ShowLogout(HttpContext context, IAntiforgery antiforgery) =>
        SignInPage.Logout(antiforgery.GetAndStoreTokens(context));

    private static async Task<RedirectHttpResult> LogoutAsync(HttpContext context, IAuthenticationService authentication, BrowserSessions sessions, AuditWriter audit)
    {
        var everywhere = context.Request.HasFormContentType && (await context.Request.ReadFormAsync(context.RequestAborted))["everywhere"] == "true";
        await audit.WriteAsync(new AuditEntry { Actor = context.User.ToCaller().Actor, Action = "session.sign_out", Subject = "session", Detail = everywhere ? "everywhere" : null }, context.RequestAborted);
        if (everywhere)
        {
            await sessions.RemoveAllAsync(context.User.ToCaller().Owner, context.RequestAborted);
        }

        await authentication.SignOutAsync(context, Schemes.Cookie, properties: null);
        return TypedResults.LocalRedirect(Links.SignIn);
    }

    // Browsers drop control characters and take a backslash for a slash, so /\host and /<tab>/host leave this site. Below a
    // proxy's sub-path the rest of the host is somebody else's.
    private static string OwnOrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) && url.StartsWith(Links.Overview, StringComparison.Ordinal) ? url : Links.Overview;
}
