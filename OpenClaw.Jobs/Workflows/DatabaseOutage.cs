using System.Transactions;
using Npgsql;

namespace OpenClaw.Jobs.Workflows;

/// <summary>Tells a database that is away from a mistake in what was asked of it, and from anything else that is away.</summary>
public static class DatabaseOutage
{
    /// <summary>Whether the same call is worth trying again once the database is back.</summary>
    public static bool Caused(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException { IsTransient: true } or TransactionInDoubtException
                || (cause is PostgresException { SqlState: var state } && IsAway(state)))
            {
                return true;
            }
        }

        return false;
    }

    // Class 57P: the server is shutting down, has crashed, or does not accept connections yet.
    private static bool IsAway(string sqlState) => sqlState.StartsWith("57P", StringComparison.Ordinal);
}
