using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Data.Runtimes;
using OpenClaw.Jobs.Loops;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Runtimes.RunLogs;

/// <summary>
/// Reads what agents have said in turns, whatever node they are on. All who wait for more on this node are served by one statement
/// a few times a second, and there is none while nobody waits.
/// </summary>
public sealed class RunLogReader(NpgsqlDataSource dataSource, TimeProvider time, ILogger<RunLogReader> logger) : PeriodicService(TimeSpan.FromMilliseconds(200), time, logger)
{
    private const int MostAtOnce = 200;

    private static readonly string NextSql =
        $"""
        SELECT part.run_id, part."offset", part.position, part.text, wanted.number FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS wanted (run_id, after, number)
        CROSS JOIN LATERAL (
            SELECT log.run_id, log."offset", log.position, log.text FROM openclaw.run_log log
            WHERE log.run_id = wanted.run_id AND log."offset" > wanted.after ORDER BY log."offset" LIMIT {MostAtOnce}) part
        ORDER BY wanted.number, part."offset"
        """;

    private const string SaidSql =
        """
        SELECT string_agg(text, '' ORDER BY "offset") FROM openclaw.run_log
        WHERE run_id = $1 AND "offset" <= $2 AND "offset" >= (SELECT max("offset") FROM openclaw.run_log WHERE run_id = $1 AND "offset" <= $2 AND position = 0)
        """;

    private readonly ConcurrentDictionary<Waiting, bool> _waiting = new();

    /// <summary>The next parts after an offset, as soon as there are any.</summary>
    public async Task<IReadOnlyList<RunLogEntry>> NextAsync(Guid runId, long after, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(runId, after);
        _waiting[waiting] = true;
        try
        {
            return await waiting.Told.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _waiting.TryRemove(waiting, out _);
        }
    }

    /// <summary>What was said up to an offset, since the reply last began; null when nothing was.</summary>
    public async Task<string?> SaidAsync(Guid runId, long upTo, CancellationToken cancellationToken)
    {
        await using var read = dataSource.CreateCommand(SaidSql);
        read.Parameters.Add(Uuid(runId));
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => _waiting.IsEmpty ? Task.CompletedTask : TellAsync([.. _waiting.Keys], cancellationToken);

    private async Task TellAsync(Waiting[] waiting, CancellationToken cancellationToken)
    {
        await using var next = dataSource.CreateCommand(NextSql);
        next.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. waiting.Select(one => one.RunId)] });
        next.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. waiting.Select(one => one.After)] });
        await using var reader = await next.ExecuteReaderAsync(cancellationToken);
        var parts = new List<(int Index, RunLogEntry Entry)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parts.Add(((int)reader.GetInt64(4) - 1, EntryOf(reader)));
        }

        foreach (var of in parts.GroupBy(part => part.Index, part => part.Entry))
        {
            waiting[of.Key].Told.TrySetResult([.. of]);
        }
    }

    private static RunLogEntry EntryOf(NpgsqlDataReader reader) =>
        new() { RunId = reader.GetGuid(0), Offset = reader.GetInt64(1), Position = reader.GetInt32(2), Text = reader.GetString(3) };

    // A reader of its own each, though two may want the same.
    private sealed class Waiting(Guid runId, long after)
    {
        public Guid RunId => runId;

        public long After => after;

        public TaskCompletionSource<IReadOnlyList<RunLogEntry>> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
