using System.Collections.Concurrent;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// Steps that were under way when their process died, and more than once. One of them may be the cause, so this process
/// starts them at random moments, apart from each other: the guilty one is counted out, the others get done.
/// </summary>
public sealed class Suspects
{
    private const int Suspicious = 2;

    private static readonly TimeSpan FirstSpread = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, int> _postponed = new();

    /// <summary>How long a step that was claimed is to wait; null when it may start.</summary>
    public TimeSpan? Postpone(StepClaim claim)
    {
        if (claim.Interruptions < Suspicious || _postponed.TryRemove(new(claim.WorkflowUuid, claim.StepIndex)))
        {
            return null;
        }

        _postponed[claim.WorkflowUuid] = claim.StepIndex;
        var spread = FirstSpread * Math.Pow(2, claim.Interruptions - Suspicious);
        return Random.Shared.NextDouble() * (spread < LongestSpread ? spread : LongestSpread);
    }
}
