using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Http;
using OpenClaw.Web.Security.Keys;
using AuthenticationHeaderValue = System.Net.Http.Headers.AuthenticationHeaderValue;

namespace OpenClaw.Web.Security;

/// <summary><c>Authorization: Bearer AUTH_TOKEN</c>, or a key; for hooks <c>x-openclaw-token</c> as well.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AuthToken token, ApiKeys keys, SignInLimit limit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private TimeSpan _retryAfter;
    private KeyFault _fault;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given() is not { } given)
        {
            return AuthenticateResult.Fail("There is no token.");
        }

        if (token.Matches(given))
        {
            // Sessions of MCP belong to who is named so, a key or the token.
            return Success(Users.Admin(Schemes.Bearer, new Claim(ClaimTypes.NameIdentifier, Owners.House)));
        }

        var address = Context.Connection.RemoteIpAddress;
        var (grant, fault) = await keys.CheckAsync(given, address, Context.RequestAborted);
        if (grant is not null)
        {
            return Success(grant.ToPrincipal());
        }

        _fault = fault;
        if (fault is KeyFault.Unknown)
        {
            _retryAfter = limit.Failed(address);
        }

        return AuthenticateResult.Fail("The token is not the right one.");
    }

    private static AuthenticateResult Success(ClaimsPrincipal user) => AuthenticateResult.Success(new AuthenticationTicket(user, Schemes.Bearer));

    private string? Given()
    {
        if (Request.Headers.ContainsKey(HeaderNames.Authorization))
        {
            return AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) && header.Scheme.Equals(Schemes.Bearer, StringComparison.OrdinalIgnoreCase)
                ? header.Parameter ?? ""
                : null;
        }

        return HasHookToken(Request) ? Request.Headers[HookEndpoints.TokenHeader].ToString() : null;
    }

    /// <summary>Whether the token comes where only hooks take it.</summary>
    public static bool HasHookToken(HttpRequest request) =>
        request.Path.StartsWithSegments(HookEndpoints.Path, StringComparison.OrdinalIgnoreCase) && request.Headers.ContainsKey(HookEndpoints.TokenHeader);

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        _retryAfter > TimeSpan.Zero ? Challenge.TooManyAsync(Context, _retryAfter) : Challenge.AnswerAsync(Context, _fault);
}
