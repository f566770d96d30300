namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>How the connection to the gateway stands.</summary>
/// <param name="State">In a word.</param>
/// <param name="Detail">In a sentence, with what to do if it is not well.</param>
/// <param name="WhatsAppSession">The gateway's own WhatsApp: linked or unlinked; null when it has none, or nobody knows.</param>
public sealed record UpstreamStatus(BridgeState State, string Detail, string? WhatsAppSession = null)
{
    public bool IsConnected => State is BridgeState.Connected;
}

public enum BridgeState
{
    /// <summary>Nobody tries to connect: no gateway is configured, or the process stops.</summary>
    Disconnected,

    /// <summary>For the first time.</summary>
    Connecting,

    Connected,

    /// <summary>The connection was lost, or could not be made; it is tried again soon.</summary>
    Reconnecting,

    /// <summary>The gateway's owner has to let this node in; it is asked again soon.</summary>
    Pairing,

    /// <summary>The gateway refused us, and somebody has to do something about it; it is tried again every minute.</summary>
    Failed,
}
