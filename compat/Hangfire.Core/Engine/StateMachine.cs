using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>Elects the next state and records it with everything that goes with leaving the old one and entering the new.</summary>
internal static class StateMachine
{
    public static IState Apply(Transition transition, IState candidate, JobFilters filters)
    {
        if (candidate is EnqueuedState enqueued && transition.Job.Job is { } job)
            UseOwnQueue(job, enqueued);
        var election = new ElectStateContext(transition, candidate);
        foreach (var filter in filters.Elect)
            filter.OnStateElection(election);
        var transaction = transition.Transaction;
        foreach (var traversed in election.TraversedStates)
            transaction.AddJobState(transition.Job.Id, traversed);

        var context = new ApplyStateContext(transition, election.CandidateState);
        Leave(context, transaction);
        foreach (var filter in filters.Apply)
            filter.OnStateUnapplied(context, transaction);
        transaction.SetJobState(context.BackgroundJob.Id, context.NewState);
        Enter(context, transaction);
        foreach (var filter in filters.Apply)
            filter.OnStateApplied(context, transaction);
        if (context.NewState.IsFinal)
            transaction.ExpireJob(context.BackgroundJob.Id, context.JobExpirationTimeout);
        else
            transaction.PersistJob(context.BackgroundJob.Id);
        return context.NewState;
    }

    /// <summary>A job that names its queue goes there, the second time too, unless the state names another.</summary>
    public static void UseOwnQueue(Common.Job job, EnqueuedState enqueued)
    {
        if (job.Queue is not null && enqueued.Queue == EnqueuedState.DefaultQueue)
            enqueued.Queue = job.Queue;
    }

    private static void Leave(ApplyStateContext context, EngineTransaction transaction)
    {
        var id = context.BackgroundJob.Id;
        switch (context.OldStateName)
        {
            case "Scheduled":
                transaction.RemoveFromSet("schedule", id);
                break;
            case "Awaiting":
                transaction.RemoveFromSet("awaiting", id);
                break;
            case "Succeeded" or "Deleted" or "Failed":
                transaction.DecrementCounter(StatisticsHistoryAttribute.CounterKey(context.OldStateName));
                break;
        }
    }

    private static void Enter(ApplyStateContext context, EngineTransaction transaction)
    {
        var id = context.BackgroundJob.Id;
        switch (context.NewState)
        {
            case EnqueuedState enqueued:
                transaction.AddToQueue(enqueued.Queue, id);
                break;
            case ScheduledState scheduled:
                transaction.AddToSet("schedule", id, Common.JobHelper.ToTimestamp(scheduled.EnqueueAt));
                break;
            case AwaitingState:
                transaction.AddToSet("awaiting", id, Common.JobHelper.ToTimestamp(DateTime.UtcNow));
                break;
            case SucceededState or DeletedState or FailedState:
                transaction.IncrementCounter(StatisticsHistoryAttribute.CounterKey(context.NewState.Name));
                break;
        }
    }
}
