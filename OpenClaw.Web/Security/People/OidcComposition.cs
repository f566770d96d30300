using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.People;

/// <summary>People sign in by an issuer of OpenID Connect: the code flow, with PKCE, and a session of ours at its end.</summary>
internal static class OidcComposition
{
    // From the button here to the answer of the issuer.
    private static readonly TimeSpan SignInTakes = TimeSpan.FromMinutes(15);

    // Of clocks that do not agree.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Signatures by a key that the issuer alone has.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddOidc(this AuthenticationBuilder authentication, OpenClawOptions options)
    {
        authentication.Services.AddSingleton(options.Oidc);
        if (!options.Oidc.IsOn)
        {
            return;
        }

        authentication.Services.AddSingleton<Issuer>();
        authentication.Services.AddSingleton<PersonSignIn>();
        authentication.Services.AddHostedService<IssuerCheck>();
        authentication.AddOpenIdConnect(Schemes.Oidc, configureOptions: null!);
        authentication.Services.AddOptions<OpenIdConnectOptions>(Schemes.Oidc).Configure<Issuer, PersonSignIn>((oidc, issuer, signIn) => Configure(oidc, options, issuer, signIn));
    }

    private static void Configure(OpenIdConnectOptions oidc, OpenClawOptions options, Issuer issuer, PersonSignIn signIn)
    {
        var settings = options.Oidc;
        (oidc.ClientId, oidc.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        (oidc.ConfigurationManager, oidc.Backchannel) = (issuer, issuer.Http);

        // IssuerRoad sees to it.
        oidc.RequireHttpsMetadata = false;
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        oidc.Scope.Clear();
        foreach (var scope in settings.AskedScopes)
        {
            oidc.Scope.Add(scope);
        }

        (oidc.MapInboundClaims, oidc.GetClaimsFromUserInfoEndpoint, oidc.SaveTokens, oidc.DisableTelemetry) = (false, true, false, true);
        oidc.ClaimActions.Clear();
        oidc.ClaimActions.MapJsonKey(settings.AskedClaim, settings.AskedClaim);
        foreach (var claim in new[] { "name", "preferred_username", "email", "email_verified" })
        {
            oidc.ClaimActions.MapUniqueJsonKey(claim, claim);
        }

        oidc.TokenValidationParameters.ValidAlgorithms = Algorithms;
        oidc.TokenValidationParameters.ClockSkew = Skew;

        // Its other addresses are for a sign-out that the issuer begins, which is not offered.
        (oidc.CallbackPath, oidc.RemoteSignOutPath, oidc.SignedOutCallbackPath) = (Routes.SignInCallback, default, default);
        oidc.SignInScheme = Schemes.Cookie;
        oidc.CorrelationCookie = Cookie("openclaw.oidc.state.");
        oidc.NonceCookie = Cookie("openclaw.oidc.nonce.");
        oidc.Events.OnRedirectToIdentityProvider = context =>
        {
            if (options.PublicBaseUrl is { } home)
            {
                context.ProtocolMessage.RedirectUri = home.GetLeftPart(UriPartial.Path).TrimEnd('/') + Routes.SignInCallback;
            }

            return Task.CompletedTask;
        };
        oidc.Events.OnTicketReceived = signIn.FinishAsync;
        oidc.Events.OnRemoteFailure = signIn.FailAsync;
    }

    // The issuer leads back here from its own site: a cookie that is strict would not come along.
    private static PublicCookie Cookie(string name) => new() { Name = name, HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Expiration = SignInTakes };
}
