using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.People;

/// <summary>Sends a person to the issuer, and makes a session of what it answers, or says why not on the sign-in page.</summary>
internal sealed partial class PersonSignIn(OidcSettings settings, Issuer issuer, OpenClawOptions options, AuthToken token, AuditWriter audit, IAntiforgery antiforgery, StrangerPace pace, ILogger<PersonSignIn> logger)
{
    /// <summary>Leads to the issuer.</summary>
    /// <param name="context">Of somebody who wants to sign in.</param>
    /// <param name="returnUrl">Where they want to go afterwards; a path of ours.</param>
    public async Task<IResult> BeginAsync(HttpContext context, string returnUrl)
    {
        if (PublicAddress.Current.Trouble is { MaySignIn: false })
        {
            return await FormAsync(context, returnUrl, message: null, StatusCodes.Status400BadRequest);
        }

        try
        {
            await context.ChallengeAsync(Schemes.Oidc, new AuthenticationProperties { RedirectUri = returnUrl });
            return Results.Empty;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(logger, issuer.Name, exception.Message);

            // That it is away stands on the page itself.
            return await FormAsync(context, returnUrl, exception is IssuerAwayException ? null : $"{issuer.Name} did not begin the sign-in. The service's log says why.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>What the issuer said is true, and of somebody who began it here.</summary>
    public async Task FinishAsync(TicketReceivedContext received)
    {
        received.HandleResponse();
        var (context, told) = (received.HttpContext, received.Principal!);
        var returnUrl = SignInEndpoints.OwnOrHome(received.ReturnUri);
        var groups = told.FindAll(settings.AskedClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        if (settings.RoleOf(groups) is not { } role || Person.Of(told, settings.Issuer!.OriginalString, role, settings.OwnerOf(groups)) is not { } person)
        {
            // Nothing of them is written, but that somebody came.
            LogUnknown(logger, issuer.Name);
            var message = $"{issuer.Name} knows you, but you are in none of the groups that may come in here. Ask whoever runs this service for one of them, and sign in again.";
            await (await FormAsync(context, returnUrl, message, StatusCodes.Status403Forbidden)).ExecuteAsync(context);
            return;
        }

        await context.SignInAsync(Schemes.Cookie, Users.Of(person, settings.Stamp(token)));
        await audit.WriteAsync(
            new AuditEntry
            {
                Actor = person.Actor,
                Action = "session.sign_in",
                Subject = "session",
                Detail = $"{EnumText.ToLower(role)}{(person.Owner == Owners.House ? "" : $" of {person.Owner}")}, {person.Subject} at {person.Issuer}",
                Credential = BrowserSessions.CredentialOf(context),
            },
            context.RequestAborted);
        await SignInPage.Landed(returnUrl).ExecuteAsync(context);
    }

    /// <summary>Everything else: nobody is signed in, and the page says what to do.</summary>
    public async Task FailAsync(RemoteFailureContext failed)
    {
        failed.HandleResponse();

        // Whoever comes back from the issuer passes the guard for strangers by.
        if (pace.Take(failed.HttpContext.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero)
        {
            var seconds = Challenge.TellToWait(failed.HttpContext.Response, wait);
            var much = $"Too many answers to no sign-in came from your address. Wait {Say.Count(seconds, "second")}, and begin again.";
            await (await FormAsync(failed.HttpContext, Links.Overview, much, StatusCodes.Status429TooManyRequests)).ExecuteAsync(failed.HttpContext);
            return;
        }

        var (message, status) = Explain(failed.Failure!);
        LogFailed(logger, issuer.Name, ForeignText.OneLine(failed.Failure!.GetBaseException().Message, 500));
        await (await FormAsync(failed.HttpContext, SignInEndpoints.OwnOrHome(failed.Properties?.RedirectUri), message, status)).ExecuteAsync(failed.HttpContext);
    }

    private (string Message, int Status) Explain(Exception failure) => failure switch
    {
        _ when failure.Data["error"] is "access_denied" => ($"{issuer.Name} did not let you in, or you turned back there.", StatusCodes.Status403Forbidden),
        IssuerAwayException => (failure.Message, StatusCodes.Status503ServiceUnavailable),
        HttpRequestException or OperationCanceledException => (issuer.SaysAway(failure), StatusCodes.Status503ServiceUnavailable),
        SecurityTokenException or OpenIdConnectProtocolInvalidNonceException => (
            $"What {issuer.Name} says about you cannot be believed: it is too old, for another service, or not of this sign-in. Begin again; if that does not help, the service's log says what was wrong.", StatusCodes.Status400BadRequest),
        OpenIdConnectProtocolException => ($"{issuer.Name} did not finish the sign-in. Begin again; if that does not help, the service's log says what it answered.", StatusCodes.Status400BadRequest),
        _ => ($"This sign-in was not begun in this browser, is over, or took too long. Begin it again{Where()}.", StatusCodes.Status400BadRequest),
    };

    private string Where() => options.PublicBaseUrl is { } home ? $" at {home.GetLeftPart(UriPartial.Path)}" : "";

    private Task<ContentHttpResult> FormAsync(HttpContext context, string returnUrl, string? message, int status) =>
        SignInEndpoints.FormAsync(context, antiforgery, returnUrl, message, status);

    [LoggerMessage(EventId = 2402, Level = LogLevel.Warning, Message = "A sign-in by {Issuer} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string issuer, string reason);

    [LoggerMessage(EventId = 2403, Level = LogLevel.Information, Message = "Somebody whom {Issuer} knows was refused: they are in no group that OIDC_VIEWERS, OIDC_OPERATORS or OIDC_ADMINS names.")]
    private static partial void LogUnknown(ILogger logger, string issuer);
}
