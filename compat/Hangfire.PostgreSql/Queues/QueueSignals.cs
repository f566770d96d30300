using System.Collections.Concurrent;
using System.Transactions;

namespace Hangfire.PostgreSql.Queues;

/// <summary>
/// Wakes workers when a job was enqueued, after the commit that makes it visible: this process's first, others' only if none of
/// these is free. A hint: polling is the guarantee.
/// </summary>
internal sealed class QueueSignals(QueueNotifier? notifier)
{
    private readonly ConcurrentDictionary<Func<string, bool>, byte> _subscribers = new();

    public IDisposable Subscribe(Func<string, bool> enqueued)
    {
        _subscribers[enqueued] = 0;
        return new Subscription(() => _subscribers.TryRemove(enqueued, out _));
    }

    public void RaiseAfterCommit(IReadOnlyCollection<string> queues, bool isInAmbientTransaction)
    {
        if (queues.Count == 0)
            return;
        if (!isInAmbientTransaction)
            Announce(queues);
        else
            Transaction.Current!.TransactionCompleted += (_, e) =>
            {
                if (e.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
                    Announce(queues);
            };
    }

    /// <summary>Passes a signal on within this process. The empty name stands for all queues.</summary>
    public void Raise(IReadOnlyCollection<string> queues)
    {
        foreach (var queue in queues)
            WakeLocal(queue);
    }

    private void Announce(IReadOnlyCollection<string> queues)
    {
        foreach (var queue in queues)
            if (!WakeLocal(queue))
                notifier?.Notify(queue);
    }

    private bool WakeLocal(string queue)
    {
        var isTaken = false;
        foreach (var subscriber in _subscribers.Keys)
            isTaken |= subscriber(queue);
        return isTaken;
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
