using System.Collections.Concurrent;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// Runs at a step that was under way when its process died, and more than once. One of them may be the cause, so this
/// process starts them at random moments, apart from each other: the guilty one is counted out, the others get done.
/// </summary>
public sealed class Suspects
{
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, bool> _postponed = new();

    /// <summary>How long the run is to wait for its moment.</summary>
    public TimeSpan Postpone(Guid workflowUuid)
    {
        _postponed[workflowUuid] = true;
        return Random.Shared.NextDouble() * Spread;
    }

    /// <summary>Whether its moment has come; once.</summary>
    public bool IsDue(Guid workflowUuid) => _postponed.TryRemove(workflowUuid, out _);
}
