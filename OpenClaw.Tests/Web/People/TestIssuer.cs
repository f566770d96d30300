using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenClaw.Tests.Support;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OpenClaw.Tests.Web.People;

/// <summary>An issuer of OpenID Connect (OpenIddict) at another site than the service, where the person of the test is signed in already.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "openclaw";
    public const string ClientSecret = "secret-of-the-client-0123456789";
    public const string GroupsClaim = "groups";

    private readonly WebApplication _app;
    private readonly SigningCredentials _key = new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "of the tests" }, SecurityAlgorithms.RsaSha256);

    private TestIssuer(int port, string? name)
    {
        Address = $"http://localhost:{port}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        AddOpenIddict(builder.Services, name);
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapGet("/authorize", (Delegate)Authorize);
        _app.MapGet("/userinfo", (Delegate)TellAsync);
    }

    public string Address { get; }

    /// <summary>Who is signed in there.</summary>
    public (string Subject, string? Name, string? Email, string[] Groups) Person { get; set; } = ("ada", "Ada Lovelace", "ada@example.org", ["makers"]);

    /// <summary>Whether it turns everybody back.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether it tells groups by its user info alone.</summary>
    public bool TellsGroupsLater { get; set; }

    /// <summary>What it says falsely in its id tokens, each signed by its own key.</summary>
    public Action<JsonObject>? Lies { get; set; }

    public static async Task<TestIssuer> StartAsync(int? port = null, string? name = null)
    {
        var issuer = new TestIssuer(port ?? FreePort.Find(), name);
        await issuer._app.StartAsync();

        // What OpenIddict makes at its first request is no matter of a sign-in.
        using var client = new HttpClient();
        await client.GetStringAsync($"{issuer.Address}/.well-known/openid-configuration");
        await client.GetStringAsync($"{issuer.Address}/.well-known/jwks");
        return issuer;
    }

    /// <summary>Knows the service from now on, at this address.</summary>
    public async Task RegisterAsync(Uri service, string path = "/login/callback")
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            RedirectUris = { new Uri(service, path) },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
        });
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void AddOpenIddict(IServiceCollection services, string? name)
    {
        var database = Guid.NewGuid().ToString();
        services.AddDbContext<DbContext>(db => db.UseInMemoryDatabase(database).ConfigureWarnings(warnings => warnings.Ignore(InMemoryEventId.TransactionIgnoredWarning)).UseOpenIddict());
        services.AddAuthentication();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().DisableBulkOperations().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo").SetEndSessionEndpointUris("leave");
                if (name is not null)
                {
                    server.SetIssuer(name);
                }

                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile, Scopes.Email);
                server.AddEphemeralEncryptionKey().AddSigningKey(_key.Key);
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableUserInfoEndpointPassthrough().DisableTransportSecurityRequirement();
                server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseInlineHandler(Answer).SetOrder(int.MinValue));
            });
    }

    private IResult Authorize(HttpContext context)
    {
        if (Refuses)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        var identity = new ClaimsIdentity("issuer");
        identity.SetClaim(Claims.Subject, Person.Subject).SetClaim(Claims.Name, Person.Name).SetClaim(Claims.Email, Person.Email);
        if (!TellsGroupsLater)
        {
            identity.SetClaims(GroupsClaim, [.. Person.Groups]);
        }

        identity.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private async Task<IResult> TellAsync(HttpContext context)
    {
        var known = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return known.Principal?.GetClaim(Claims.Subject) is { } subject
            ? Results.Json(new Dictionary<string, object> { ["sub"] = subject, [GroupsClaim] = TellsGroupsLater ? Person.Groups : [] })
            : Results.Challenge(properties: null, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private ValueTask Answer(ApplyTokenResponseContext context)
    {
        if (Lies is { } lie && context.Response.IdToken is { } token)
        {
            var payload = JsonNode.Parse(Base64UrlEncoder.Decode(new JsonWebToken(token).EncodedPayload))!.AsObject();
            lie(payload);
            context.Response.IdToken = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(payload.ToJsonString(), _key);
        }

        return ValueTask.CompletedTask;
    }
}
