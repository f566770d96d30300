using System.Globalization;
using Hangfire.Engine;
using Hangfire.States;
using Npgsql;

namespace Hangfire.PostgreSql.Queues;

/// <summary>Speaks with the queue on a connection of its own, which stays open: the pool would hand out another one each time.</summary>
internal sealed class WorkQueue(Database database, PostgreSqlStorageOptions options, string serverId, string workerId, string[] queues) : IWorkQueue
{
    private const int ClaimJobColumn = 6;
    private const int ClaimContinuationColumn = ClaimJobColumn + JobReader.ColumnCount;
    private const int CompleteContinuationColumn = 4;

    private readonly string _complete = database.Sql(QueueSql.Complete);
    private readonly string _claim = database.Sql(QueueSql.Claim);
    private NpgsqlConnection? _connection;

    public ExchangeResult Exchange(IReadOnlyList<Completion> completions, int wanted)
    {
        try
        {
            return Send(completions, wanted);
        }
        catch (PostgresException exception) when (exception.IsDataError() && completions.Count > 1)
        {
            // One of them cannot be stored. Alone it harms nobody else.
            return new ExchangeResult([.. completions.SelectMany(c => Exchange([c], 0).Outcomes)], [], 0);
        }
        catch (PostgresException exception) when (exception.IsDataError() && completions.Count == 1)
        {
            return new ExchangeResult([new CompletionOutcome(CompletionKind.Conflict, null)], [], 0);
        }
    }

    public async Task<IReadOnlyList<StartedJob>> RenewAsync(IReadOnlyList<StartedJob> running, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(database.Sql(QueueSql.Renew), connection)
        {
            Parameters =
            {
                Parameters.Of([.. running.Select(r => r.Lease.Row)]),
                Parameters.Of([.. running.Select(r => r.Lease.Epoch)]),
                Parameters.Of([.. running.Select(r => Id(r.Job))]),
                Parameters.Of([.. running.Select(r => r.Job.StateId ?? 0)]),
                Parameters.Of(options.UseSlidingInvisibilityTimeout),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lost = new HashSet<long>();
        while (await reader.ReadAsync(cancellationToken))
            lost.Add(reader.GetInt64(0));
        return [.. running.Where(r => lost.Contains(r.Lease.Row))];
    }

    public Task ReleaseAsync(IReadOnlyList<Lease> leases, CancellationToken cancellationToken) => ExecuteAsync(
        QueueSql.Release, cancellationToken, Parameters.Of([.. leases.Select(l => l.Row)]), Parameters.Of([.. leases.Select(l => l.Epoch)]));

    public Task DropAsync(Lease lease, CancellationToken cancellationToken) =>
        ExecuteAsync(QueueSql.Drop, cancellationToken, Parameters.Of(lease.Row), Parameters.Of(lease.Epoch));

    public async Task<bool> ReclaimAsync(CancellationToken cancellationToken) =>
        await ExecuteAsync(QueueSql.Reclaim, cancellationToken, Parameters.Of(options.InvisibilityTimeout)) > 0;

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static long Id(JobSnapshot job) => long.Parse(job.Id, CultureInfo.InvariantCulture);

    private ExchangeResult Send(IReadOnlyList<Completion> completions, int wanted)
    {
        var processing = new ProcessingState(serverId, workerId, DateTime.UtcNow);
        List<CompletionOutcome> outcomes = [];
        List<Claimed> claimed = [];
        try
        {
            _connection ??= database.Open();
            using var batch = new NpgsqlBatch(_connection) { BatchCommands = { new NpgsqlBatchCommand(QueueSql.PlanByKey) } };
            if (completions.Count > 0)
                batch.BatchCommands.Add(CompleteCommand(completions));
            if (wanted > 0)
                batch.BatchCommands.Add(ClaimCommand(wanted, processing));
            using var reader = batch.ExecuteReader();
            if (completions.Count > 0 && reader.NextResult())
                outcomes = ReadOutcomes(reader, completions);
            if (wanted > 0 && reader.NextResult())
                claimed = ReadClaimed(reader, processing.StartedAt);
        }
        catch
        {
            Dispose();
            throw;
        }
        return new ExchangeResult(outcomes, Settle(claimed), claimed.Count);
    }

    /// <summary>Of what was claimed, drops the rows whose job needs no start and gives back those whose job someone has locked.</summary>
    private IReadOnlyList<StartedJob> Settle(List<Claimed> claimed)
    {
        var started = new Dictionary<string, StartedJob>(claimed.Count);
        foreach (var (lease, job, isLocked) in claimed)
        {
            if (isLocked)
                database.Execute(QueueSql.Release, Parameters.Of([lease.Row]), Parameters.Of([lease.Epoch]));
            else if (job is null || !started.TryAdd(lease.JobId, job))
                database.Execute(QueueSql.Drop, Parameters.Of(lease.Row), Parameters.Of(lease.Epoch));
        }
        return [.. started.Values];
    }

    private NpgsqlBatchCommand ClaimCommand(int wanted, ProcessingState processing) => new(_claim)
    {
        Parameters = { Parameters.Of(queues), Parameters.Of(wanted), Parameters.Json(StateJson.Serialize(processing.SerializeData())) },
    };

    private NpgsqlBatchCommand CompleteCommand(IReadOnlyList<Completion> completions)
    {
        var now = DateTime.UtcNow;
        var counters = StatisticsHistoryAttribute.CounterKeys(SucceededState.StateName, now);
        return new NpgsqlBatchCommand(_complete)
        {
            Parameters =
            {
                Parameters.Of([.. completions.Select(c => c.Started.Lease.Row)]),
                Parameters.Of([.. completions.Select(c => c.Started.Lease.Epoch)]),
                Parameters.Of([.. completions.Select(c => Id(c.Started.Job))]),
                Parameters.Of([.. completions.Select(c => c.Started.Job.StateId ?? 0)]),
                Parameters.Of([.. completions.Select(c => c.Started.Job.Version)]),
                Parameters.Of([.. completions.Select(c => c.Data)]),
                Parameters.Of([.. completions.Select(c => c.ExpireAt)]),
                Parameters.Of([.. completions.Select(c => c.HandOff is null ? 0 : Id(c.HandOff.Job))]),
                Parameters.Of([.. completions.Select(c => c.HandOff?.Job.StateId ?? 0)]),
                Parameters.Of([.. completions.Select(c => c.HandOff?.Queue)]),
                Parameters.Of([.. completions.Select(c => c.HandOff?.EnqueuedReason)]),
                Parameters.Of([.. completions.Select(c => c.HandOff?.EnqueuedData)]),
                Parameters.Of([.. completions.Select(c => c.HandOff?.ProcessingData)]),
                Parameters.Of(counters[0].Key),
                Parameters.Of(now + counters[0].ExpireIn),
                Parameters.Of(counters[1].Key),
                Parameters.Of(now + counters[1].ExpireIn),
            },
        };
    }

    private static List<CompletionOutcome> ReadOutcomes(NpgsqlDataReader reader, IReadOnlyList<Completion> completions)
    {
        var outcomes = new List<CompletionOutcome>(completions.Count);
        foreach (var completion in completions)
        {
            reader.Read();
            var (isOwned, isDone) = (reader.GetBoolean(1), reader.GetBoolean(2));
            outcomes.Add(new CompletionOutcome(
                isDone ? CompletionKind.Finished : isOwned ? CompletionKind.Conflict : CompletionKind.LeaseLost,
                isDone && completion.HandOff is { } handOff ? HandedOff(completion.Started.Lease, handOff, reader) : null));
        }
        return outcomes;
    }

    private static StartedJob HandedOff(Lease lease, HandOff handOff, NpgsqlDataReader reader) => new(
        new Lease(lease.Row, lease.Epoch + 1, handOff.Job.Id, handOff.Queue),
        handOff.Job.InProcessing(reader.GetInt64(3)),
        PreviousState: null,
        handOff.StartedAt,
        Continuation(reader, CompleteContinuationColumn));

    private static List<Claimed> ReadClaimed(NpgsqlDataReader reader, DateTime startedAt)
    {
        var claimed = new List<Claimed>();
        while (reader.Read())
        {
            var jobId = reader.GetInt64(3).ToString(CultureInfo.InvariantCulture);
            var lease = new Lease(reader.GetInt64(0), reader.GetInt32(1), jobId, reader.GetString(2));
            var snapshot = reader.IsDBNull(ClaimJobColumn) ? null : JobReader.Read(reader, ClaimJobColumn);
            if (!reader.IsDBNull(5))
                claimed.Add(new Claimed(lease, new StartedJob(
                    lease,
                    snapshot!.InProcessing(reader.GetInt64(5)),
                    reader.GetString(4),
                    startedAt,
                    Continuation(reader, ClaimContinuationColumn)), IsLocked: false));
            else
                claimed.Add(new Claimed(lease, null, IsLocked: snapshot?.StateName is "Enqueued" or "Processing"));
        }
        return claimed;
    }

    private static JobSnapshot? Continuation(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : JobReader.Read(reader, column);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(database.Sql(sql), connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Claimed(Lease Lease, StartedJob? Job, bool IsLocked);
}
