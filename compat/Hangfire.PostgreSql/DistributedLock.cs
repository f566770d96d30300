using System.Diagnostics;
using System.Transactions;
using Hangfire.Storage;

namespace Hangfire.PostgreSql;

/// <summary>
/// A row in the table lock. It holds back others for a fixed time at most, without asking whether its owner lives:
/// a courtesy between servers, never what correctness stands on.
/// </summary>
internal sealed class DistributedLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Database _database;
    private readonly string _resource;

    private DistributedLock(Database database, string resource) => (_database, _resource) = (database, resource);

    public static DistributedLock Acquire(Database database, string resource, TimeSpan timeout, TimeSpan lifetime)
    {
        for (var clock = Stopwatch.StartNew(); !TryAcquire(database, resource, lifetime);)
        {
            if (clock.Elapsed >= timeout)
                throw new DistributedLockTimeoutException(resource);
            CancellationToken.None.WaitHandle.WaitOne(PollInterval);
        }
        return new DistributedLock(database, resource);
    }

    public void Dispose() => OutsideTransactions(() =>
        _database.Execute("delete from hangfire.lock where resource = $1", Parameters.Of(_resource)));

    private static bool TryAcquire(Database database, string resource, TimeSpan lifetime) => OutsideTransactions(() => database.Execute(
        """
        insert into hangfire.lock (resource, acquired) values ($1, now())
        on conflict (resource) do update set acquired = excluded.acquired where lock.acquired < now() - $2
        """,
        Parameters.Of(resource),
        Parameters.Of(lifetime))) == 1;

    // Others must see the row at once, whatever becomes of the caller's transaction.
    private static int OutsideTransactions(Func<int> action)
    {
        using var suppression = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        return action();
    }
}
