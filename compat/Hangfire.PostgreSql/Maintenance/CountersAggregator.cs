using Hangfire.Server;

namespace Hangfire.PostgreSql.Maintenance;

/// <summary>Sums up counter rows, which are only ever added so that nobody waits for another's count.</summary>
internal sealed class CountersAggregator(Database database, TimeSpan interval) : IServerComponent
{
    private const int BatchSize = 10_000;

    // In the order of keys, so that two servers cannot wait for each other.
    private const string Sql = """
        with d as (
            delete from hangfire.counter where id = any(array(
                select id from hangfire.counter order by id limit $1 for update skip locked))
            returning key, value, expireat
        ), n as (
            insert into hangfire.aggregatedcounter (key, value, expireat)
            select key, sum(value), max(expireat) from d group by key order by key
            on conflict (key) do update set
                value = aggregatedcounter.value + excluded.value,
                expireat = greatest(aggregatedcounter.expireat, excluded.expireat)
        )
        select count(*) from d
        """;

    public void Execute(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && AggregateBatch() == BatchSize)
        {
        }
        cancellationToken.WaitHandle.WaitOne(interval);
    }

    private long AggregateBatch() => database.Query(
        Sql, reader => reader.Read() ? reader.GetInt64(0) : 0, Parameters.Of(BatchSize));
}
