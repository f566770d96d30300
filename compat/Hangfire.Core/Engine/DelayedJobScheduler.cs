using System.Transactions;
using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.Server;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>
/// Enqueues scheduled jobs that are due, a batch a transaction. Servers share the work: each locks other rows of the schedule.
/// </summary>
internal sealed class DelayedJobScheduler(TimeSpan pollingInterval, IJobFilterProvider filterProvider) : IBackgroundProcess
{
    private const string ScheduleSet = "schedule";
    private const int BatchSize = 100;

    private readonly ILog _log = LogProvider.For<DelayedJobScheduler>();

    public void Execute(BackgroundProcessContext context)
    {
        while (!context.IsStopping && EnqueueDue(context.Storage))
        {
        }
        context.Wait(pollingInterval);
    }

    private bool EnqueueDue(JobStorage storage)
    {
        try
        {
            return EnqueueDue(storage, BatchSize) == BatchSize;
        }
        catch (Exception exception) when (exception is not System.Data.Common.DbException)
        {
            // One job spoils the batch: find it by going one at a time, and let the others pass.
            _log.WarnException("A batch of scheduled jobs failed; going on one by one.", exception);
            return EnqueueDue(storage, 1) == 1;
        }
    }

    private int EnqueueDue(JobStorage storage, int count)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.RequiresNew, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted });
        var due = EngineStorage.Of(storage).LockDue(ScheduleSet, DateTime.UtcNow, count);
        var changer = new StateChanger(storage, filterProvider);
        foreach (var id in due)
        {
            var applied = changer.ChangeState(
                id, new EnqueuedState { Reason = "Triggered by DelayedJobScheduler" }, [ScheduledState.StateName]);
            if (applied is null)
                Forget(storage, id);
        }
        scope.Complete();
        return due.Count;
    }

    private static void Forget(JobStorage storage, string id)
    {
        using var transaction = EngineStorage.Of(storage).BeginTransaction();
        transaction.RemoveFromSet(ScheduleSet, id);
        transaction.Commit();
    }
}
