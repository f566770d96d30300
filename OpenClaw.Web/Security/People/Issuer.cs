using System.Net.Sockets;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.People;

/// <summary>
/// The issuer as it describes itself. What it has said once is used while it is away; where it has said nothing yet, it is
/// asked again after some seconds, by one request for all who want to sign in.
/// </summary>
internal sealed class Issuer(OidcSettings settings, OpenClawOptions options, TimeProvider time) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    private const string Document = "/.well-known/openid-configuration";

    // Of the sign-in page, which is there for the token too.
    private static readonly TimeSpan PageWaits = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(3);

    // For new keys, when a signature is of one that is not known.
    private static readonly TimeSpan ReadsAgain = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly string _address = settings.Issuer!.OriginalString.TrimEnd('/') + Document;

    private IConfigurationManager<OpenIdConnectConfiguration>? _manager;
    private Task<OpenIdConnectConfiguration>? _asked;
    private long _failedAt;

    public HttpClient Http { get; } = IssuerRoad.Open(options.AllowPlainHttp);

    /// <summary>For people: its host.</summary>
    public string Name { get; } = settings.Issuer!.Authority;

    /// <summary>Where people sign out there, a page of its own; null when it has told none.</summary>
    public string? SignOut { get; private set; }

    /// <exception cref="IssuerAwayException">It cannot be used.</exception>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => AskAsync().WaitAsync(cancel);

    public void RequestRefresh() => _manager?.RequestRefresh();

    /// <summary>Null when people can sign in by it, else why not, as a sentence.</summary>
    public async Task<string?> WhyAwayAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync().WaitAsync(PageWaits, time, cancellationToken);
            return null;
        }
        catch (IssuerAwayException away)
        {
            return away.Message;
        }
        catch (TimeoutException)
        {
            return SaysAway("it does not answer");
        }
    }

    public string SaysAway(string reason) => $"Signing in with {Name} does not work at the moment: {reason}. The token does, if you have it.";

    public string SaysAway(Exception exception) => SaysAway(Causes(exception).Any(cause => cause is OperationCanceledException or TimeoutException) ? "it does not answer" : Reason(exception.GetBaseException()));

    public void Dispose() => Http.Dispose();

    private Task<OpenIdConnectConfiguration> AskAsync()
    {
        lock (_lock)
        {
            if (_asked is { IsCompleted: false } || (_asked is { IsFaulted: true } && time.GetElapsedTime(_failedAt) < AsksAgain))
            {
                return _asked;
            }

            return _asked = ReadAsync();
        }
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        var manager = _manager ?? new ConfigurationManager<OpenIdConnectConfiguration>(
            _address, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(Http) { RequireHttps = false })
        {
            RefreshInterval = ReadsAgain,
        };
        try
        {
            var found = await manager.GetConfigurationAsync(CancellationToken.None);
            if (WhatIsWrong(found) is { } wrong)
            {
                throw new IssuerAwayException(SaysAway(wrong));
            }

            _manager = manager;
            SignOut = IsSafe(found.EndSessionEndpoint) ? QueryHelpers.AddQueryString(found.EndSessionEndpoint, "client_id", settings.ClientId!) : null;
            return found;
        }
        catch (Exception exception)
        {
            _failedAt = time.GetTimestamp();
            throw exception as IssuerAwayException ?? new IssuerAwayException(SaysAway(exception), exception);
        }
    }

    // Whose document it is, is all that says whose tokens are taken.
    private string? WhatIsWrong(OpenIdConnectConfiguration found)
    {
        if (found.Issuer?.TrimEnd('/') != settings.Issuer!.OriginalString.TrimEnd('/'))
        {
            return $"it calls itself \"{ForeignText.Quote(found.Issuer ?? "")}\", which is not what OIDC_ISSUER says";
        }

        string?[] endpoints = [found.AuthorizationEndpoint, found.TokenEndpoint];
        return endpoints.All(IsSafe)
            ? found.SigningKeys.Count > 0 ? null : "it tells no key by which its word could be checked"
            : "it does not say by https where people sign in and where codes are redeemed";
    }

    private bool IsSafe(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && IssuerRoad.IsSafe(address, options.AllowPlainHttp);

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    // The package's own messages are for who writes programs.
    private string Reason(Exception exception)
    {
        var text = exception is HttpRequestException or SocketException ? ForeignText.OneLine(exception.Message, 200).TrimEnd('.') : $"what it says of itself at {_address} cannot be read";
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
