using Hangfire.Server;

namespace Hangfire.PostgreSql.Maintenance;

/// <summary>Deletes what has expired, in batches that several servers can share. States and parameters go with their job.</summary>
internal sealed class ExpirationManager(Database database, TimeSpan interval, int batchSize) : IServerComponent
{
    private static readonly string[] Tables = ["job", "set", "hash", "list", "counter", "aggregatedcounter"];

    public void Execute(CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
            while (!cancellationToken.IsCancellationRequested && DeleteBatch(table) == batchSize)
            {
            }
        cancellationToken.WaitHandle.WaitOne(interval);
    }

    private int DeleteBatch(string table) => database.Execute(
        $"""
        delete from hangfire.{table} where id = any(array(
            select id from hangfire.{table} where expireat < now() limit $1 for update skip locked))
        """,
        Parameters.Of(batchSize));
}
