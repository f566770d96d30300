using System.Collections.Concurrent;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// Steps of chained runs that this process has started in the ledger together with the checkpoint of the step before,
/// because the job of the next step is about to come to it: that saves a claim for every step. A job that goes to another
/// process waits there until the reservation is given back.
/// </summary>
/// <remarks>
/// Where jobs do go to other processes (an engine that puts each continuation into the queue, several nodes) reserving
/// does harm, so one that nobody came for stops it for a while.
/// </remarks>
public sealed class Reservations(TimeProvider time)
{
    // A job that is handed on comes within milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Distrust = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (StepClaim Claim, long At)> _reserved = new();
    private long _distrustedUntil = long.MinValue;
    private volatile bool _closed;

    /// <summary>Whether the next step's job is likely to come to this process.</summary>
    public bool AreWorthIt => !_closed && time.GetTimestamp() > Volatile.Read(ref _distrustedUntil);

    public void Add(StepClaim claim) => _reserved[claim.WorkflowUuid] = (claim, time.GetTimestamp());

    /// <summary>The claim on the step, if it is reserved.</summary>
    public StepClaim? Take(Guid workflowUuid, string step, string jobId) =>
        _reserved.TryGetValue(workflowUuid, out var reserved) && reserved.Claim.StepName == step && _reserved.TryRemove(new(workflowUuid, reserved))
            ? reserved.Claim with { JobId = jobId }
            : null;

    /// <summary>Takes what nobody came for, to be given back.</summary>
    internal IReadOnlyList<StepClaim> TakeStale()
    {
        var stale = TakeAll(reserved => time.GetElapsedTime(reserved.At) > Patience);
        if (stale.Count > 0)
        {
            Volatile.Write(ref _distrustedUntil, time.GetTimestamp() + (long)(Distrust.TotalSeconds * time.TimestampFrequency));
        }

        return stale;
    }

    /// <summary>Takes all, and reserves no more: the process is stopping.</summary>
    internal IReadOnlyList<StepClaim> Close()
    {
        _closed = true;
        return TakeAll(_ => true);
    }

    private List<StepClaim> TakeAll(Func<(StepClaim Claim, long At), bool> which) =>
        [.. _reserved.Where(entry => which(entry.Value) && _reserved.TryRemove(entry)).Select(entry => entry.Value.Claim)];
}
