using System.Transactions;
using Npgsql;
using OpenClaw.Data;

namespace OpenClaw.Jobs.Outages;

/// <summary>
/// Tells a database that cannot do its work at the moment from a mistake in what was asked of it, and from anything else that
/// is away. Decided by what can be done about it, not by who said so: the server, a proxy before it, or the network.
/// </summary>
public static class DatabaseOutage
{
    /// <summary>Whether the same call is worth trying again once the database is well.</summary>
    public static bool Caused(Exception exception) => Of(exception) is not null;

    /// <summary>What is wrong with the database; null when it is not the database.</summary>
    public static DatabaseTrouble? Of(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (OfOne(cause) is { } trouble)
            {
                return trouble;
            }
        }

        return null;
    }

    private static DatabaseTrouble? OfOne(Exception cause) => cause switch
    {
        ReadOnlyServerException => DatabaseTrouble.ReadOnly,
        PostgresException answer => OfAnswer(answer),

        // Two calls at once on one connection: that is our mistake.
        NpgsqlOperationInProgressException => null,

        // Of several hosts each has said why.
        NpgsqlException { InnerException: AggregateException several } => several.InnerExceptions.Select(Of).FirstOrDefault(trouble => trouble is not null) ?? DatabaseTrouble.Away,
        NpgsqlException => DatabaseTrouble.Away,
        TransactionInDoubtException => DatabaseTrouble.Away,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static DatabaseTrouble? OfAnswer(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseTrouble.ReadOnly,
        PostgresErrorCodes.DiskFull => DatabaseTrouble.Full,
        PostgresErrorCodes.InsufficientPrivilege => DatabaseTrouble.Forbidden,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded
            or PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.OutOfMemory => DatabaseTrouble.Crowded,
        PostgresErrorCodes.CannotConnectNow => DatabaseTrouble.Starting,
        PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidCatalogName => DatabaseTrouble.Refused,

        // The statement before was refused, and whoever sent it did not tell: nothing was done.
        PostgresErrorCodes.InFailedSqlTransaction => DatabaseTrouble.Contended,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse => DatabaseTrouble.Contended,

        // From the server itself these two are bugs, its own or ours, and it says where in its source; a proxy says so of any
        // trouble that it has with the server.
        PostgresErrorCodes.ProtocolViolation or PostgresErrorCodes.InternalError => answer.Routine is null ? DatabaseTrouble.Away : null,
        var state when state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) => DatabaseTrouble.Away,
        _ => answer.IsTransient ? DatabaseTrouble.Away : null,
    };
}
