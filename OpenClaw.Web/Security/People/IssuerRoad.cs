namespace OpenClaw.Web.Security.People;

/// <summary>How the issuer is asked: by https alone (unless it is on this machine, or ALLOW_PLAIN_HTTP), and where it says, not where it leads to.</summary>
internal sealed class IssuerRoad(bool allowPlain) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience })
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int MaxAnswer = 1024 * 1024;

    public static HttpClient Open(bool allowPlain) => new(new IssuerRoad(allowPlain)) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswer };

    public static bool IsSafe(Uri address, bool allowPlain) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || allowPlain));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => IsSafe(request.RequestUri!, allowPlain)
        ? base.SendAsync(request, cancellationToken)
        : throw new HttpRequestException($"it names {request.RequestUri!.GetLeftPart(UriPartial.Path)}, which is not https");
}
