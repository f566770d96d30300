using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire;

[AttributeUsage(AttributeTargets.All)]
public class ContinuationsSupportAttribute : JobFilterAttribute, IElectStateFilter, IApplyStateFilter
{
    public ContinuationsSupportAttribute() => Order = 1000;

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is AwaitingState awaiting)
            context.Engine.AddContinuation(awaiting.ParentId, context.BackgroundJob.Id, awaiting.Options);
        else if (context.CandidateState.IsFinal)
            Continuations.Release(context);
    }

    void IApplyStateFilter.OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    void IApplyStateFilter.OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }
}
