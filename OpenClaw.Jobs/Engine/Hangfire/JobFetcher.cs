using System.Data;
using System.Globalization;
using Hangfire.PostgreSql;
using Hangfire.Storage;
using Npgsql;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>
/// Hangfire's queue table, asked once for all workers of this process that wait: they are woken by what this process
/// commits, and a look once a second finds what other processes put there.
/// </summary>
/// <remarks>Hangfire's own has every worker poll by itself. Some workers are kept for runners: work that is not theirs never takes the last of them.</remarks>
public sealed partial class JobFetcher : IPersistentJobQueue, IPersistentJobQueueProvider, IDisposable
{
    /// <summary>So many workers are left to <see cref="Queues.Runners"/>: each queue of inline runs has a runner, and one may be ending.</summary>
    public const int ReservedForRunners = 4;

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly PostgreSqlStorage _storage;
    private readonly IConnectionFactory _connections;
    private readonly IPersistentJobQueueMonitoringApi _monitoring;
    private readonly string _enqueueSql;
    private readonly string _fetchSql;
    private readonly string _putBackSql;
    private readonly TimeSpan _invisibility;

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly CancellationTokenSource _disposed = new();
    private int _runners;
    private bool _fetching;

    // There was more than workers waited for.
    private volatile bool _behind;

    internal JobFetcher(PostgreSqlStorage storage, IConnectionFactory connections, PostgreSqlStorageOptions options)
    {
        (_storage, _connections, _invisibility) = (storage, connections, options.InvisibilityTimeout);
        _monitoring = new PostgreSqlJobQueueProvider(storage, options).GetJobQueueMonitoringApi();
        _enqueueSql = $"INSERT INTO {options.SchemaName}.jobqueue (jobid, queue) VALUES ($1, $2)";
        _putBackSql = $"UPDATE {options.SchemaName}.jobqueue SET fetchedat = NULL WHERE id = $1 AND fetchedat = $2";

        // Walks the index (fetchedat, queue, jobid), as Hangfire's own does; those of dead processes become visible again.
        static string Due(string schema, string which, string limit) =>
            $"""
            SELECT id FROM {schema}.jobqueue
            WHERE {which} AND (fetchedat IS NULL OR fetchedat < now() - $3)
            ORDER BY fetchedat NULLS FIRST, queue, jobid LIMIT {limit}
            FOR UPDATE SKIP LOCKED
            """;
        _fetchSql =
            $"""
            WITH runners AS MATERIALIZED ({Due(options.SchemaName, $"queue = '{Queues.Runners}' AND queue = ANY ($1)", "$2")}),
            others AS MATERIALIZED ({Due(options.SchemaName, $"queue <> '{Queues.Runners}' AND queue = ANY ($1)", "least($4, $2 - (SELECT count(*) FROM runners))")})
            UPDATE {options.SchemaName}.jobqueue q SET fetchedat = now(), updatecount = q.updatecount + 1
            FROM (SELECT id FROM runners UNION ALL SELECT id FROM others) taken
            WHERE q.id = taken.id
            RETURNING q.id, q.jobid, q.queue, q.fetchedat
            """;
    }

    public IPersistentJobQueue GetJobQueue() => this;

    public IPersistentJobQueueMonitoringApi GetJobQueueMonitoringApi() => _monitoring;

    /// <summary>Puts a job into its queue in Hangfire's transaction, and wakes a worker when that commits.</summary>
    public void Enqueue(IDbConnection connection, string queue, string jobId)
    {
        using var command = new NpgsqlCommand(_enqueueSql, (NpgsqlConnection)connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = long.Parse(jobId, CultureInfo.InvariantCulture) }, new NpgsqlParameter<string> { TypedValue = queue } },
        };
        command.ExecuteNonQuery();
        AmbientTransaction.OnEnd(committed =>
        {
            if (committed)
            {
                Signal();
            }
        });
    }

    /// <summary>Waits for a job of one of the queues.</summary>
    public IFetchedJob Dequeue(string[] queues, CancellationToken cancellationToken)
    {
        using var waiter = new Waiter(queues);
        lock (_lock)
        {
            _waiters.Add(waiter);
            if (!_fetching)
            {
                _fetching = true;
                _ = Task.Run(FetchAsync, CancellationToken.None);
            }
        }

        if (_behind)
        {
            Signal();
        }

        try
        {
            waiter.Ready.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }

            if (waiter.Row is { } given)
            {
                PutBack(given);
            }

            throw;
        }

        return new FetchedJob(this, new PostgreSqlFetchedJob(_storage, waiter.Row!.Id, waiter.Row.JobId, waiter.Row.Queue, waiter.Row.FetchedAt));
    }

    public void Dispose() => _disposed.Cancel();

    private void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has signalled in this moment.
        }
    }

    // Runs as long as the process does: a worker that does not wait costs a look a second at most.
    private async Task FetchAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                while (await FetchOnceAsync())
                {
                }
            }
            catch (Exception)
            {
                // The database is away; what a worker cannot fetch now it fetches later. The health checks tell of it.
            }

            await ((Task)_signal.WaitAsync(LookAgain, _disposed.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whether there may be more for those who wait.
    private async Task<bool> FetchOnceAsync()
    {
        string[] queues;
        int free, others;
        lock (_lock)
        {
            if (_waiters.Count == 0)
            {
                _behind = true;
                return false;
            }

            queues = _waiters[0].Queues;
            free = _waiters.Count(waiter => waiter.Queues.AsSpan().SequenceEqual(queues));
            others = queues.Contains(Queues.Runners) ? Math.Max(0, free - Math.Max(0, ReservedForRunners - _runners)) : free;
        }

        var rows = await TakeAsync(queues, free, others);
        foreach (var row in rows)
        {
            Give(row, queues);
        }

        // With none left for others, the end of one of them asks again.
        _behind = rows.Count >= Math.Min(free, others);
        return rows.Count > 0 && _behind;
    }

    private async Task<List<Row>> TakeAsync(string[] queues, int limit, int others)
    {
        await using var connection = _connections.GetOrCreateConnection();
        await connection.OpenAsync();
        var fetch = new NpgsqlBatchCommand(_fetchSql)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = queues },
                new NpgsqlParameter<int> { TypedValue = limit },
                SqlParameters.Interval(_invisibility),
                new NpgsqlParameter<int> { TypedValue = others },
            },
        };

        // A fetch that a crash of the server forgets is a job that is fetched again.
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"), fetch } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var rows = new List<Row>();
        while (await reader.ReadAsync())
        {
            rows.Add(new Row(reader.GetInt64(0), reader.GetInt64(1).ToString(CultureInfo.InvariantCulture), reader.GetString(2), reader.GetDateTime(3)));
        }

        return rows;
    }

    private void Give(Row row, string[] queues)
    {
        lock (_lock)
        {
            if (_waiters.Find(candidate => candidate.Queues.AsSpan().SequenceEqual(queues)) is { } waiter)
            {
                _waiters.Remove(waiter);
                _runners += row.Queue == Queues.Runners ? 1 : 0;
                waiter.Row = row;
                waiter.Ready.Set();
                return;
            }
        }

        // It has stopped waiting meanwhile.
        PutBack(row, counted: false);
    }

    private void PutBack(Row row, bool counted = true)
    {
        if (counted)
        {
            Ended(row.Queue);
        }

        try
        {
            using var connection = _connections.GetOrCreateConnection();
            connection.Open();
            using var command = new NpgsqlCommand(_putBackSql, connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = row.Id }, new NpgsqlParameter { Value = row.FetchedAt } },
            };
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // It becomes visible again by itself.
        }
    }

    private void Ended(string queue)
    {
        lock (_lock)
        {
            _runners -= queue == Queues.Runners ? 1 : 0;
        }
    }
}
