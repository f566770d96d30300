namespace Hangfire.PostgreSql.Writing;

/// <summary>Takes ids from the sequence in blocks, so that creating a job needs no round trip of its own to learn its id.</summary>
internal sealed class JobIds(Database database)
{
    private const int BlockSize = 64;

    private readonly Lock _gate = new();
    private readonly Queue<long> _block = new();

    public long Next()
    {
        lock (_gate)
        {
            if (_block.Count == 0)
                Refill();
            return _block.Dequeue();
        }
    }

    // A sequence knows no rollback: ids taken here are never given twice, even if the ambient transaction fails.
    private void Refill() => database.Query(
        "select nextval('hangfire.job_id_seq') from generate_series(1, $1)",
        reader =>
        {
            while (reader.Read())
                _block.Enqueue(reader.GetInt64(0));
            return 0;
        },
        Parameters.Of(BlockSize));
}
