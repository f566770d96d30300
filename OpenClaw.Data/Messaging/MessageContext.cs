namespace OpenClaw.Data.Messaging;

/// <summary>What an agent's model is shown beside the text of a message: the conversation that a caller sent along, its pictures. Kept until the message is delivered.</summary>
public sealed class MessageContext
{
    public required Guid MessageId { get; init; }

    /// <summary>JSON object.</summary>
    public required string Content { get; init; }
}
