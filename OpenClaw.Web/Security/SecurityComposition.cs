using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security.Keys;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Security;

/// <summary>Everything needs a signed-in caller unless it says otherwise.</summary>
internal static class SecurityComposition
{
    public const string StampClaim = "openclaw:stamp";

    public static void AddSecurity(this IServiceCollection services, OpenClawOptions options)
    {
        services.AddSingleton(_ => AuthToken.Load(options));
        services.AddSingleton<IXmlRepository, DatabaseKeyRepository>();
        services.AddDataProtection().SetApplicationName("OpenClaw");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((keys, repository) => keys.XmlRepository = repository);
        services.AddAuthentication(Schemes.Either)
            .AddPolicyScheme(Schemes.Either, displayName: null, either => either.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Schemes.Bearer, configureOptions: null)
            .AddCookie(Schemes.Cookie, Configure)
            .AddOidc(options);
        services.AddSingleton<BrowserSessions>();
        services.AddOptions<CookieAuthenticationOptions>(Schemes.Cookie).Configure<BrowserSessions>((cookie, sessions) => cookie.SessionStore = sessions);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie = Cookie("openclaw.antiforgery");
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<KeyPace>();
        services.AddSingleton<KeyRoom>();
        services.AddSingleton<StrangerPace>();
    }

    public static void UseSecurity(this WebApplication app)
    {
        // Before it is known who asks too: what an issuer answers is seen to where that is found out.
        app.Use(NoteOrigin);
        app.UseAuthentication();
        app.Use(NoteOrigin);
        app.UseStrangerGuard();
        app.UseAuthorization();
        app.UseMiddleware<BrowserRequestGuard>();
        app.UseKeyGuard();
        app.UseRoleGuard();
        app.UseHouseGuard();
        app.Use(ActForTeam);
    }

    public static void MapSecurity(this WebApplication app) => app.MapSignIn();

    private static Task NoteOrigin(HttpContext context, RequestDelegate next)
    {
        AuditOrigin.Current = new AuditOrigin(context.Connection.RemoteIpAddress is { } address ? ClientNetwork.Plain(address).ToString() : null, context.User.CredentialOf());
        return next(context);
    }

    // The database shows a request of a team rows of its own alone, whatever the code that answers it asks for.
    private static async Task ActForTeam(HttpContext context, RequestDelegate next)
    {
        using var scope = context.User.Identity is not { IsAuthenticated: true, Name: { } owner } || context.User.IsOfHouse() ? null
            : TeamScope.Enter(owner, reads: HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method));
        await next(context);
    }

    // A proxy that asks for a password of its own passes it on as Basic, which is none of ours.
    private static string Choose(HttpContext context) =>
        Challenge.CarriesToken(context.Request) || BearerTokenHandler.HasHookToken(context.Request) ? Schemes.Bearer : Schemes.Cookie;

    private static PublicCookie Cookie(string name) => new() { Name = name, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie = Cookie("openclaw.session");
        cookie.CookieManager = new SessionCookies();
        cookie.ExpireTimeSpan = BrowserSessions.Longest;
        cookie.SlidingExpiration = false;
        cookie.Events.OnRedirectToLogin = context => Challenge.AnswerAsync(context.HttpContext);
        cookie.Events.OnValidatePrincipal = context =>
        {
            var services = context.HttpContext.RequestServices;
            var token = services.GetRequiredService<AuthToken>();
            var stamp = Person.Of(context.Principal!) is null ? token.SessionStamp : services.GetRequiredService<OidcSettings>().Stamp(token);
            if (context.Principal!.FindFirst(StampClaim)?.Value != stamp)
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
    }
}
