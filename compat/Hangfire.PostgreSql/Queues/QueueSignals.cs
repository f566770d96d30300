using System.Collections.Concurrent;
using System.Transactions;

namespace Hangfire.PostgreSql.Queues;

/// <summary>Wakes this process's workers when a job was enqueued, after the commit that makes it visible. A hint: polling is the guarantee.</summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<Action<string>, byte> _subscribers = new();

    public IDisposable Subscribe(Action<string> enqueued)
    {
        _subscribers[enqueued] = 0;
        return new Subscription(() => _subscribers.TryRemove(enqueued, out _));
    }

    public void RaiseAfterCommit(IReadOnlyCollection<string> queues, bool isInAmbientTransaction)
    {
        if (queues.Count == 0)
            return;
        if (!isInAmbientTransaction)
            Raise(queues);
        else
            Transaction.Current!.TransactionCompleted += (_, e) =>
            {
                if (e.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
                    Raise(queues);
            };
    }

    public void Raise(IReadOnlyCollection<string> queues)
    {
        foreach (var subscriber in _subscribers.Keys)
            foreach (var queue in queues)
                subscriber(queue);
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
