namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Twilio did not accept a message.</summary>
/// <param name="code">Its code; 0 when it gave none.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="message">For people.</param>
public sealed class WhatsAppRefusedException(int code, int status, string message) : Exception(message)
{
    public int Code { get; } = code;

    public WhatsAppError Error { get; } = TwilioErrors.Classify(code, status);
}
