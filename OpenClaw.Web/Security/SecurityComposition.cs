using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>Everything needs a signed-in caller unless it says otherwise.</summary>
internal static class SecurityComposition
{
    public const string StampClaim = "openclaw:stamp";

    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(7);

    public static void AddSecurity(this IServiceCollection services, OpenClawOptions options)
    {
        var secure = options.PublicBaseUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        services.AddSingleton(_ => AuthToken.Load(options));
        services.AddSingleton<IXmlRepository, DatabaseKeyRepository>();
        services.AddDataProtection().SetApplicationName("OpenClaw");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        services.AddAuthentication(Schemes.Either)
            .AddPolicyScheme(Schemes.Either, displayName: null, either => either.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Schemes.Bearer, configureOptions: null)
            .AddCookie(Schemes.Cookie, cookie => Configure(cookie, secure));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "openclaw.antiforgery";

            // Without it a page of the job dashboard, whose PathBase is its own, would leave a second cookie for its path alone.
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = secure;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddRateLimiter(SignInLimit.Configure);
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<BrowserRequestGuard>();
    }

    public static void MapSecurity(this WebApplication app) => app.MapSignIn();

    private static string Choose(HttpContext context) =>
        context.Request.Headers.ContainsKey("Authorization") ? Schemes.Bearer : Schemes.Cookie;

    private static void Configure(CookieAuthenticationOptions cookie, CookieSecurePolicy secure)
    {
        cookie.Cookie.Name = "openclaw.session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = secure;
        cookie.ExpireTimeSpan = SessionLength;
        cookie.Events.OnRedirectToLogin = context => Challenge.AnswerAsync(context.HttpContext);
        cookie.Events.OnValidatePrincipal = context =>
        {
            var token = context.HttpContext.RequestServices.GetRequiredService<AuthToken>();
            if (context.Principal?.FindFirst(StampClaim)?.Value != token.SessionStamp)
                context.RejectPrincipal();

            return Task.CompletedTask;
        };
    }
}
