using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpenClaw.Web.Gateway.Http;
using AuthenticationHeaderValue = System.Net.Http.Headers.AuthenticationHeaderValue;

namespace OpenClaw.Web.Security;

/// <summary><c>Authorization: Bearer AUTH_TOKEN</c>; for hooks <c>x-openclaw-token: AUTH_TOKEN</c> as well.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AuthToken token, SignInLimit limit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private TimeSpan _retryAfter;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var given = Given();
        if (given is not null && token.Matches(given))
        {
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Users.Admin(Schemes.Bearer), Schemes.Bearer)));
        }

        if (given is not null)
        {
            _retryAfter = limit.Failed(Context.Connection.RemoteIpAddress);
        }

        return Task.FromResult(AuthenticateResult.Fail("The token is not the right one."));
    }

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
        _retryAfter > TimeSpan.Zero ? Challenge.TooManyAsync(Context, _retryAfter) : Challenge.AnswerAsync(Context);
}
