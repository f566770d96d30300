using Hangfire.Storage;

namespace Hangfire.Engine;

/// <summary>
/// Records writes and sends them in one round trip on Commit. What it expects is checked there: a mismatch undoes everything.
/// </summary>
internal abstract class EngineTransaction : JobStorageTransaction
{
    public abstract bool IsEmpty { get; }

    /// <summary>Continuations whose parent had finished by the time they were added, with the parent's state. Known after Commit.</summary>
    public abstract IReadOnlyList<(string ChildId, string ParentState)> LateContinuations { get; }

    /// <exception cref="StateConflictException">From Commit, when the job is no longer as it was read.</exception>
    public abstract void Expect(JobSnapshot job);

    /// <exception cref="LeaseLostException">From Commit, when another worker has the job by now.</exception>
    public abstract void RemoveFromQueue(Lease lease);

    public abstract void AddContinuation(string parentId, string childId, JobContinuationOptions options);
}
