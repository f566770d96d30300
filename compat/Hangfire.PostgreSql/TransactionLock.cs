namespace Hangfire.PostgreSql;

/// <summary>Advisory locks that end with the ambient transaction: nothing to clean up, and no session to keep.</summary>
internal static class TransactionLock
{
    public static void Acquire(Database database, string resource) => database.Query(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", reader => reader.Read(), Name(database, resource));

    public static bool TryAcquire(Database database, string resource) => database.Query(
        "select pg_try_advisory_xact_lock(hashtextextended($1, 0))", reader => reader.Read() && reader.GetBoolean(0), Name(database, resource));

    private static Npgsql.NpgsqlParameter Name(Database database, string resource) => Parameters.Of($"{database.SchemaName}:{resource}");
}
