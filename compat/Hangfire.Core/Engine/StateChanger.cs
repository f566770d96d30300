using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>
/// Moves a job to another state: read, decide in memory, write if nothing changed meanwhile, else begin anew.
/// No row stays locked while filters run, unless the caller's own transaction holds it.
/// </summary>
internal sealed class StateChanger(JobStorage storage, IJobFilterProvider filterProvider)
{
    private const int MaxConflicts = 20;

    private readonly ILog _log = LogProvider.For<StateChanger>();
    private readonly IEngineStorage _engine = EngineStorage.Of(storage);

    /// <param name="jobId">The job.</param>
    /// <param name="newState">The state to elect from.</param>
    /// <param name="expectedStates">Nothing happens if the job is in none of these; null allows any.</param>
    /// <param name="lease">The worker's claim, given up together with the change.</param>
    /// <param name="withoutFilters">For when these have failed often enough.</param>
    /// <returns>The state that was applied, or null when there was nothing to do.</returns>
    public IState? ChangeState(string jobId, IState newState, IReadOnlyCollection<string>? expectedStates, Lease? lease = null, bool withoutFilters = false)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var job = _engine.ReadJob(jobId);
            if (job is null || (expectedStates is not null && !expectedStates.Contains(job.StateName, StringComparer.OrdinalIgnoreCase)))
                return null;
            try
            {
                return Change(job, newState, lease, withoutFilters);
            }
            catch (StateConflictException) when (conflicts < MaxConflicts)
            {
            }
        }
    }

    /// <summary>Continuations whose parent had finished before they were added have nothing more to wait for.</summary>
    public void ReleaseLate(EngineTransaction transaction)
    {
        foreach (var (childId, parentState) in transaction.LateContinuations)
            if (_engine.ReadJob(childId) is { } child)
                ChangeState(childId, Continuations.NextState(child, parentState), [AwaitingState.StateName]);
    }

    private IState Change(JobSnapshot job, IState newState, Lease? lease, bool withoutFilters)
    {
        if (job.Job is null)
            return Write(job, newState.IgnoreJobLoadException ? newState : LoadFailure(job, newState), JobFilters.None, lease);
        try
        {
            return Write(job, newState, withoutFilters ? JobFilters.None : JobFilters.For(filterProvider, job.Job), lease);
        }
        catch (Exception exception) when (exception is not (StateConflictException or LeaseLostException or System.Data.Common.DbException)
            && newState is not FailedState)
        {
            // A filter failed. The job must end somewhere a person sees it, and without that filter.
            _log.ErrorException($"A filter failed when the job '{job.Id}' was to become {newState.Name}.", exception);
            var failed = new FailedState(exception)
            {
                Reason = $"Failed to change state to a '{newState.Name}' one due to an exception.",
            };
            return Write(job, failed, JobFilters.None, lease);
        }
    }

    private IState Write(JobSnapshot job, IState newState, JobFilters filters, Lease? lease)
    {
        using var connection = storage.GetConnection();
        using var transaction = _engine.BeginTransaction();
        transaction.Expect(job);
        if (lease is not null)
            transaction.RemoveFromQueue(lease);
        var applied = StateMachine.Apply(
            new Transition(storage, filterProvider, connection, transaction, job.ToBackgroundJob(), job.StateName), newState, filters);
        transaction.Commit();
        ReleaseLate(transaction);
        return applied;
    }

    private static FailedState LoadFailure(JobSnapshot job, IState newState) => new(job.LoadException!.InnerException ?? job.LoadException)
    {
        Reason = $"Can not change the state to '{newState.Name}': target method was not found.",
    };
}
