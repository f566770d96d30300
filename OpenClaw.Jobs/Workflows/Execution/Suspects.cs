using System.Collections.Concurrent;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// Runs at a step that was under way when its process died, and more than once. One of them may be the cause, so this
/// process starts them at random moments, apart from each other: the guilty one is counted out, the others get done. The
/// more often it happened, the rarer: what processes that live for seconds only had under way is not to blame for that.
/// </summary>
public sealed class Suspects
{
    /// <summary>So many starts without an end make a step a suspect.</summary>
    public const int MinInterruptions = 2;

    /// <summary>A start that is neither completed nor recorded as failed took its process down; after so many it is given up.</summary>
    public const int MaxInterruptions = 5;

    private const int Slower = 4;

    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, bool> _postponed = new();

    /// <summary>How long the run is to wait for its moment.</summary>
    /// <param name="workflowUuid">The run.</param>
    /// <param name="interruptions">How often its process died during the step.</param>
    public TimeSpan Postpone(Guid workflowUuid, int interruptions)
    {
        _postponed[workflowUuid] = true;
        return interruptions < MaxInterruptions
            ? Random.Shared.NextDouble() * Spread * Math.Pow(Slower, interruptions - MinInterruptions)
            : TimeSpan.Zero;
    }

    /// <summary>Whether its moment has come; once.</summary>
    public bool IsDue(Guid workflowUuid) => _postponed.TryRemove(workflowUuid, out _);
}
