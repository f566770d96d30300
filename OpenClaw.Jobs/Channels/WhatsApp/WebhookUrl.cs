namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Where Twilio calls us.</summary>
public static class WebhookUrl
{
    public const string InboundPath = "/webhooks/twilio/whatsapp";
    public const string StatusPath = "/webhooks/twilio/status";

    public static Uri Status(Uri publicBaseUrl) => Of(publicBaseUrl, StatusPath);

    /// <summary>An address below the one where the world reaches us, which may have a path of its own.</summary>
    public static Uri Of(Uri publicBaseUrl, string pathAndQuery) => new(publicBaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + pathAndQuery);
}
