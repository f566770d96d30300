namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Sends what is meant for Twilio's API to another place, a proxy or a stand-in: the SDK has no setting for that.</summary>
internal sealed class TwilioBaseAddress(Uri target, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Media is kept elsewhere, and is fetched from there.
        if (request.RequestUri is { Host: TwilioHttp.ApiHost } uri)
        {
            request.RequestUri = new Uri(target.GetLeftPart(UriPartial.Path).TrimEnd('/') + uri.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
