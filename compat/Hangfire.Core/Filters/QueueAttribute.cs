using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = false)]
public sealed class QueueAttribute : JobFilterAttribute, IElectStateFilter
{
    public QueueAttribute(string queue)
    {
        Queue = queue;
        Order = int.MaxValue;
    }

    public string Queue { get; }

    public void OnStateElection(ElectStateContext context)
    {
        // A queue named when the job was created is the narrower wish.
        if (context.CandidateState is EnqueuedState enqueued && context.BackgroundJob.Job.Queue is null)
            enqueued.Queue = Queue;
    }
}
