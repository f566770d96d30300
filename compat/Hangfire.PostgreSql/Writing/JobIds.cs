using System.Collections.Concurrent;

namespace Hangfire.PostgreSql.Writing;

/// <summary>Takes ids from the sequence in blocks, so that creating a job needs no round trip of its own to learn its id.</summary>
internal sealed class JobIds(Database database)
{
    private const int BlockSize = 64;

    private readonly ConcurrentQueue<long> _block = new();

    // No lock around the query: whoever holds it may wait for a connection that only those who wait for it could give back.
    // Two that find the block empty at once take two.
    public long Next() => _block.TryDequeue(out var id) ? id : Refill();

    // A sequence knows no rollback: ids taken here are never given twice, even if the ambient transaction fails.
    private long Refill() => database.Query(
        "select nextval('hangfire.job_id_seq') from generate_series(1, $1)",
        reader =>
        {
            reader.Read();
            var first = reader.GetInt64(0);
            while (reader.Read())
                _block.Enqueue(reader.GetInt64(0));
            return first;
        },
        Parameters.Of(BlockSize));
}
