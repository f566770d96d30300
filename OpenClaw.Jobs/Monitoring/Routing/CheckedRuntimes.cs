using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>The runtimes that are asked whether messages come back: those that are configured, and that cost nothing unless it is wished.</summary>
public sealed class CheckedRuntimes(IEnumerable<IAgentRuntime> runtimes, RoutingSettings settings)
{
    public IReadOnlyList<ICheckedRuntime> All { get; } =
    [
        .. runtimes.OfType<ICheckedRuntime>()
            .Where(runtime => (settings.AsksPaid || !runtime.IsPaid) && runtime.WhyUnavailable($"{runtime.Provider}/any") is null)
            .OrderBy(runtime => runtime.Provider, StringComparer.Ordinal),
    ];

    /// <summary>Since when there is anything to ask; null while there is nothing.</summary>
    public async Task<DateTimeOffset?> AskableSinceAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(All.Select(runtime => runtime.AskableSinceAsync(cancellationToken)))).Min();
}
