namespace Hangfire.Engine;

/// <summary>A server's conversation with the queue tables: everything that its workers need goes out in one round trip and one commit.</summary>
internal interface IWorkQueue : IDisposable
{
    /// <remarks>Blocks: one caller at a time, for whom each switch of threads would cost more than the wait.</remarks>
    ExchangeResult Exchange(IReadOnlyList<Completion> completions, int wanted);

    /// <summary>Prolongs the leases of running jobs. Returns those that are lost, or whose job was moved to another state.</summary>
    Task<IReadOnlyList<StartedJob>> RenewAsync(IReadOnlyList<StartedJob> running, CancellationToken cancellationToken);

    /// <summary>Gives claims back to the queue.</summary>
    Task ReleaseAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken);

    /// <summary>Removes the queue row of a job that has nothing more to do there.</summary>
    Task DropAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Makes the claims of vanished workers visible again. Returns whether there were any.</summary>
    Task<bool> ReclaimAsync(CancellationToken cancellationToken);
}

/// <summary>A claimed job, already in Processing, with the one continuation that it can be handed on to.</summary>
/// <param name="Lease">The claim.</param>
/// <param name="Job">The job as it was claimed, with the id of its Processing state.</param>
/// <param name="PreviousState">What it was claimed from; null when it was handed over.</param>
/// <param name="StartedAt">The beginning of its Processing state.</param>
/// <param name="Continuation">The job that waits for it, if there is just one.</param>
internal sealed record StartedJob(Lease Lease, JobSnapshot Job, string? PreviousState, DateTime StartedAt, JobSnapshot? Continuation);

/// <summary>A job that succeeded, and the continuation to start in its place.</summary>
internal sealed record Completion(StartedJob Started, string Data, DateTime ExpireAt, HandOff? HandOff);

internal sealed record HandOff(JobSnapshot Job, string Queue, string? EnqueuedReason, string EnqueuedData, string ProcessingData, DateTime StartedAt);

/// <param name="Outcomes">One for each completion, in order.</param>
/// <param name="Started">The jobs that were claimed.</param>
/// <param name="Claimed">How many queue rows were taken, those included whose job needed no start.</param>
internal sealed record ExchangeResult(IReadOnlyList<CompletionOutcome> Outcomes, IReadOnlyList<StartedJob> Started, int Claimed);

/// <param name="Kind">What became of it.</param>
/// <param name="Next">The continuation that is running by now.</param>
internal readonly record struct CompletionOutcome(CompletionKind Kind, StartedJob? Next);

internal enum CompletionKind
{
    Finished,

    /// <summary>The job or its continuation changed since they were read: decide anew from fresh data.</summary>
    Conflict,

    /// <summary>Another worker has it by now.</summary>
    LeaseLost,
}
