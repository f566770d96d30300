using System.Transactions;

namespace OpenClaw.Jobs.Workflows;

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

    /// <summary>Leaves the transaction under way for a while: what is done commits by itself.</summary>
    public static TransactionScope Suppress() =>
        new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
}
