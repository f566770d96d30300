namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>What a refusal asks of us.</summary>
public enum WhatsAppError
{
    /// <summary>The same again can only fail again.</summary>
    Stop,

    /// <summary>The same later may succeed.</summary>
    Retry,

    /// <summary>Outside of the 24-hour window only an approved template may be sent.</summary>
    NeedsTemplate,

    /// <summary>The recipient wants no messages.</summary>
    OptedOut,
}

/// <summary>Twilio's error codes, as far as they make a difference. All others stop: invalid recipients (21211, 21614, 63003, 63024) among them.</summary>
public static class TwilioErrors
{
    private const int TooManyRequests = 20429;
    private const int SenderTooFast = 63018;
    private const int OutsideWindow = 63016;
    private const int Unsubscribed = 21610;

    /// <param name="code">Twilio's; 0 when there is none.</param>
    /// <param name="status">The HTTP status; null when it was told in a status callback.</param>
    public static WhatsAppError Classify(int code, int? status = null) => (code, status) switch
    {
        (OutsideWindow, _) => WhatsAppError.NeedsTemplate,
        (Unsubscribed, _) => WhatsAppError.OptedOut,
        (TooManyRequests or SenderTooFast, _) or (_, 408 or 429 or >= 500) => WhatsAppError.Retry,
        _ => WhatsAppError.Stop,
    };
}
