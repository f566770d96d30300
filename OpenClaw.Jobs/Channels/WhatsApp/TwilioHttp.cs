namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>The connections to Twilio's API, or to what TWILIO_API_BASE_URL names in its place: one pool for all that asks it.</summary>
public sealed class TwilioHttp : IDisposable
{
    /// <summary>The host that the SDK asks, and that keeps media of inbound messages.</summary>
    public const string ApiHost = "api.twilio.com";

    // Longer than Twilio ever takes, shorter than a step may.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    // The API's name resolves to other machines from time to time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // Several times what a list of 50 messages of the longest kind takes.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    public TwilioHttp(WhatsAppOptions options)
    {
        var target = options.Account?.ApiBaseUrl;
        var sockets = new SocketsHttpHandler
        {
            // A redirect must not carry messages and credentials to whom nobody has named.
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectPatience,
            PooledConnectionLifetime = Lifetime,
            UseCookies = false,
        };
        Client = new HttpClient(target is null ? sockets : new TwilioBaseAddress(target, sockets)) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswerBytes };
        Failures = new TwilioFailures(target, Patience);
    }

    public HttpClient Client { get; }

    /// <summary>What may go wrong between us and the API.</summary>
    public TwilioFailures Failures { get; }

    public void Dispose() => Client.Dispose();
}
