namespace OpenClaw.Data.Messages;

public enum MessageState
{
    /// <summary>Stored; its workflow is under way, or a client is to fetch it.</summary>
    Accepted,

    /// <summary>Waits for its recipient to come back.</summary>
    Parked,

    Delivered,

    /// <summary>Given up; <see cref="Message.StateReason"/> says why.</summary>
    Dead,
}
