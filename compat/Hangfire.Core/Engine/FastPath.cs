using Hangfire.Common;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>
/// Decides in memory whether a transition may go out as part of a set-based statement: only if no filter wants more than it does.
/// </summary>
internal sealed class FastPath(JobStorage storage, IReadOnlyCollection<string> queues, IJobFilterProvider filterProvider)
{
    private readonly IEngineStorage _engine = EngineStorage.Of(storage);

    /// <summary>
    /// Shows a transition to the filters that the engine does not know. True when they neither replaced the state nor wrote anything
    /// that <paramref name="commitWrites"/> does not settle.
    /// </summary>
    public bool IsPlain(BackgroundJob job, string currentState, IState candidate, JobFilters filters, bool commitWrites, out IState elected)
    {
        elected = candidate;
        if (!filters.HasCustomStateFilters)
            return true;
        using var connection = storage.GetConnection();
        using var transaction = _engine.BeginTransaction();
        var transition = new Transition(storage, filterProvider, connection, transaction, job, currentState);
        var election = new ElectStateContext(transition, candidate);
        foreach (var filter in filters.CustomElect)
            filter.OnStateElection(election);
        elected = election.CandidateState;
        if (!ReferenceEquals(elected, candidate))
            return false;
        var context = new ApplyStateContext(transition, candidate);
        foreach (var filter in filters.CustomApply)
            filter.OnStateUnapplied(context, transaction);
        foreach (var filter in filters.CustomApply)
            filter.OnStateApplied(context, transaction);
        if (commitWrites)
            transaction.Commit();
        return (commitWrites || transaction.IsEmpty) && context.JobExpirationTimeout == storage.JobExpirationTimeout;
    }

    /// <summary>Plans how the job ends, or returns null when only the state machine can do it.</summary>
    public Completion? PlanCompletion(
        StartedJob started, BackgroundJob job, SucceededState succeeded, JobFilters filters, ProcessingState? processing)
    {
        if (!filters.IsStandard || !IsPlain(job, ProcessingState.StateName, succeeded, filters, commitWrites: false, out _))
            return null;
        HandOff? handOff = null;
        if (started.Job.Parameters.ContainsKey(Continuations.Parameter))
        {
            handOff = processing is null ? null : PlanHandOff(started, processing);
            if (handOff is null)
                return null;
        }
        return new Completion(
            started, StateJson.Serialize(succeeded.SerializeData()), DateTime.UtcNow + storage.JobExpirationTimeout, handOff);
    }

    private HandOff? PlanHandOff(StartedJob started, ProcessingState processing)
    {
        if (started.Continuation is not { Job: not null } child || child.StateName != AwaitingState.StateName
            || Continuations.NextState(child, SucceededState.StateName) is not EnqueuedState enqueued)
            return null;
        StateMachine.UseOwnQueue(child.Job, enqueued);
        var filters = JobFilters.For(filterProvider, child.Job);
        var job = child.ToBackgroundJob();
        if (!filters.IsStandard
            || !IsPlain(job, AwaitingState.StateName, enqueued, filters, commitWrites: false, out _)
            || !queues.Contains(enqueued.Queue)
            || !IsPlain(job, EnqueuedState.StateName, processing, filters, commitWrites: false, out _))
            return null;
        return new HandOff(
            child,
            enqueued.Queue,
            enqueued.Reason,
            StateJson.Serialize(enqueued.SerializeData()),
            StateJson.Serialize(processing.SerializeData()),
            processing.StartedAt);
    }
}
