namespace OpenClaw.Jobs.Runtimes;

/// <summary>A runtime that tells whether what is sent to it comes back, without a turn of any agent.</summary>
public interface ICheckedRuntime : IAgentRuntime
{
    /// <summary>Asking costs money each time.</summary>
    bool IsPaid { get; }

    /// <summary>Since when there is something to ask; null while there is nothing. A runtime that is configured always has something unless it says otherwise.</summary>
    Task<DateTimeOffset?> AskableSinceAsync(CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(DateTimeOffset.MinValue);

    /// <summary>Sends something there and back; what it throws says why it did not come back.</summary>
    /// <param name="model">The model that most running agents of this runtime have; null when none runs.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    /// <returns>What came back, as a sentence; null when there is nothing to ask.</returns>
    Task<string?> AskAsync(string? model, CancellationToken cancellationToken);
}
