using System.Transactions;
using OpenClaw.Data;

namespace OpenClaw.Jobs.Engine;

/// <summary>
/// The transaction of one decision. EF Core, the ledger and Hangfire use one data source and so one physical connection
/// in it, one after the other; two connections open at once would escalate and fail.
/// </summary>
public static class AmbientTransaction
{
    /// <summary>Joins the transaction under way, or begins one. Complete it, or everything in it is undone.</summary>
    public static TransactionScope Begin() => new(
        TransactionScopeOption.Required,
        new TransactionOptions
        {
            // A scope that names another level than the one it joins is refused.
            IsolationLevel = Transaction.Current?.IsolationLevel ?? IsolationLevel.ReadCommitted,
            Timeout = TransactionManager.MaximumTimeout,
        },
        TransactionScopeAsyncFlowOption.Enabled);

    /// <summary>Does something when the transaction under way has committed; at once when there is none.</summary>
    /// <remarks>On another thread: the one that commits is still busy with it.</remarks>
    public static void OnCommit(Action action)
    {
        if (Transaction.Current is null)
        {
            action();
            return;
        }

        OnEnd(committed =>
        {
            if (committed)
            {
                _ = Task.Run(() =>
                {
                    TeamScope.Leave();
                    action();
                });
            }
        });
    }

    /// <summary>Tells whether the transaction under way has committed, when it has ended; at once when there is none.</summary>
    /// <remarks>On the thread that commits: for what takes no time.</remarks>
    public static void OnEnd(Action<bool> ended)
    {
        if (Transaction.Current is not { } transaction)
        {
            ended(true);
            return;
        }

        transaction.TransactionCompleted += (_, completed) => ended(completed.Transaction?.TransactionInformation.Status is TransactionStatus.Committed);
    }

    /// <summary>Leaves the transaction under way for a while: what is done commits by itself.</summary>
    public static TransactionScope Suppress() =>
        new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
}
