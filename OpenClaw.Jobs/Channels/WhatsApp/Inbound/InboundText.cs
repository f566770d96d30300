namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>What somebody wrote to us, as Twilio hands it on.</summary>
/// <param name="Sid">Twilio's MessageSid.</param>
/// <param name="Number">Who wrote: E.164, or the id that WhatsApp gives them.</param>
/// <param name="Name">As they call themselves; null when they do not.</param>
/// <param name="Text">As they typed it; of what is no text, what can be said of it in words.</param>
/// <param name="Media">What came with it.</param>
public sealed record InboundText(string Sid, string Number, string? Name, string Text, IReadOnlyList<InboundMedia> Media)
{
    /// <summary>It is no message but a mark on one: kept, and neither obeyed nor answered.</summary>
    public bool IsReaction { get; init; }
}

/// <summary>A picture, a recording or a document that came with a message.</summary>
/// <param name="Url">Where Twilio keeps it.</param>
/// <param name="ContentType">As its sender says.</param>
public sealed record InboundMedia(string Url, string ContentType)
{
    /// <summary>The name of the file that it is kept in, in our media directory; null when it is not.</summary>
    public string? File { get; init; }

    /// <summary>Why it is not kept.</summary>
    public string? Reason { get; init; }
}
