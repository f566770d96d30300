using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OpenClaw.Web.Security;

/// <summary><c>Authorization: Bearer AUTH_TOKEN</c>.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AuthToken token)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(
            AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            && header.Scheme.Equals(Schemes.Bearer, StringComparison.OrdinalIgnoreCase) && token.Matches(header.Parameter ?? "")
                ? AuthenticateResult.Success(new AuthenticationTicket(Users.Admin(Schemes.Bearer), Schemes.Bearer))
                : AuthenticateResult.Fail("The token is not the right one."));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge.AnswerAsync(Context);
}
