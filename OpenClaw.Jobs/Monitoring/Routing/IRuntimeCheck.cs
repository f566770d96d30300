namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>A runtime that tells whether what is sent to it comes back, without a turn of any agent.</summary>
public interface IRuntimeCheck
{
    /// <summary>The part of <c>model</c> before the slash.</summary>
    string Provider { get; }

    /// <summary>Asking costs money each time.</summary>
    bool IsPaid { get; }

    /// <summary>Sends something there and back; what it throws says why it did not come back.</summary>
    /// <returns>What came back, as a sentence; null when the runtime is not connected, and so not used by anybody.</returns>
    Task<string?> AskAsync(CancellationToken cancellationToken);
}
