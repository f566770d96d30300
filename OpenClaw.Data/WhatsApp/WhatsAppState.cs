namespace OpenClaw.Data.WhatsApp;

/// <summary>How far a message is. Ours go on in this order, and never back.</summary>
public enum WhatsAppState
{
    /// <summary>Stored; Twilio has not accepted it, as far as we know.</summary>
    Pending,

    /// <summary>Twilio has it.</summary>
    Queued,

    Sent,
    Delivered,
    Read,

    /// <summary>It did not arrive; final.</summary>
    Undelivered,

    /// <summary>It was not sent; final.</summary>
    Failed,

    /// <summary>There is no Twilio account: kept here, and sent nowhere.</summary>
    Recorded,

    /// <summary>Inbound, to be looked at.</summary>
    Received,

    /// <summary>Inbound, done with.</summary>
    Handled,
}
