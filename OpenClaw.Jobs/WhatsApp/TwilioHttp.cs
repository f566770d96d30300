namespace OpenClaw.Jobs.WhatsApp;

/// <summary>The connection to Twilio's API, or to what TWILIO_API_BASE_URL names in its place.</summary>
public sealed class TwilioHttp(WhatsAppOptions options) : IDisposable
{
    // Longer than Twilio ever takes, shorter than a step may.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public HttpClient Client { get; } = new(options.Account?.ApiBaseUrl is { } target ? new TwilioRedirect(target) : new SocketsHttpHandler()) { Timeout = Patience };

    public void Dispose() => Client.Dispose();
}
