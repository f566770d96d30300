namespace OpenClaw.Jobs.WhatsApp;

/// <summary>Sends what is meant for Twilio's API to another place: a proxy, or a stand-in.</summary>
public sealed class TwilioRedirect(Uri target) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(target.GetLeftPart(UriPartial.Path).TrimEnd('/') + request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
