using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Runtimes.RunLogs;

/// <summary>
/// Writes down what agents say on this node while they are at it, four times a second, all of them with one statement. What a turn
/// says that is over before is not written: its reply is. Nothing waits for it, and nothing that cannot be written now is lost.
/// </summary>
public sealed class RunLogWriter(LiveReplies replies, NpgsqlDataSource dataSource, TimeProvider time, ILogger<RunLogWriter> logger) : PeriodicService(Pace, time, logger)
{
    /// <summary>Between two writes.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>UTF-16 units that are kept of a run, over all of its attempts.</summary>
    public const int MaxLength = 4 * AgentReply.MaxLength;

    private const int MostRows = 2_000;

    private const string LastSql = """SELECT run_id, max("offset"), sum(length(text)) FROM openclaw.run_log WHERE run_id = ANY ($1) GROUP BY run_id""";

    // It need not wait for the disk: what a crash of PostgreSQL takes of it is said in the reply. A repetition changes nothing.
    private const string WriteSql =
        """
        WITH fast AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
        INSERT INTO openclaw.run_log (run_id, "offset", position, text)
        SELECT part.run_id, part."offset", part.position, part.text
        FROM fast, unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[]) AS part (run_id, "offset", position, text)
        ON CONFLICT DO NOTHING
        """;

    private readonly ConcurrentDictionary<Guid, GrowingLog> _growing = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        replies.Grew += Add;
        replies.Closed += BecomeWhole;
        replies.Ended += End;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        replies.Grew -= Add;
        replies.Closed -= BecomeWhole;
        replies.Ended -= End;

        try
        {
            // What was said until now is read elsewhere, where the turn is asked again.
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseOutage.Caused(exception))
        {
            // A process that stops waits for no database.
        }
    }

    /// <summary>Turns of which something is still to be written, or may be.</summary>
    internal int Remembering => _growing.Count;

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => _growing.IsEmpty ? Task.CompletedTask : WriteAsync(cancellationToken);

    private void Add(ReplyGrowth growth)
    {
        for (var log = Of(growth.MessageId); !log.TryAdd(growth.Position, growth.Delta); log = Of(growth.MessageId))
        {
            _growing.TryRemove(new(growth.MessageId, log));
        }
    }

    private GrowingLog Of(Guid messageId) => _growing.GetOrAdd(messageId, id => new GrowingLog(id));

    // Also of one that has told nothing yet: its rest is told afterwards.
    private void BecomeWhole(Guid messageId) => Of(messageId).BecomeWhole();

    private void End(Guid messageId)
    {
        if (_growing.TryGetValue(messageId, out var growing))
        {
            growing.End();
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in _growing.Values.Where(log => !log.IsWritten).Chunk(MostRows))
        {
            await BeginAsync([.. chunk.Where(log => log.IsNew)], cancellationToken);
            var parts = chunk.Select(log => (Log: log, Parts: log.Take())).Where(taken => taken.Parts.Count > 0).ToList();
            if (parts.Count > 0)
            {
                await WriteAsync(parts, cancellationToken);
            }

            parts.ForEach(written => written.Log.Written(written.Parts.Count));
        }

        foreach (var (id, log) in _growing.Where(entry => entry.Value.TryClose()))
        {
            _growing.TryRemove(new(id, log));
        }
    }

    // An earlier attempt may have written, here or on a node that is gone.
    private async Task BeginAsync(GrowingLog[] logs, CancellationToken cancellationToken)
    {
        if (logs.Length == 0)
        {
            return;
        }

        await using var ask = dataSource.CreateCommand(LastSql);
        ask.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. logs.Select(log => log.RunId)] });
        await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<Guid, (long Last, int Length)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            known[reader.GetGuid(0)] = (reader.GetInt64(1), (int)reader.GetInt64(2));
        }

        foreach (var log in logs)
        {
            var (last, length) = known.GetValueOrDefault(log.RunId);
            log.Begin(last, length, MaxLength);
        }
    }

    private async Task WriteAsync(List<(GrowingLog Log, IReadOnlyList<RunLogPart> Parts)> logs, CancellationToken cancellationToken)
    {
        var rows = logs.SelectMany(log => log.Parts.Select(part => (log.Log.RunId, Part: part))).ToList();
        await using var write = dataSource.CreateCommand(WriteSql);
        write.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. rows.Select(row => row.RunId)] });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Part.Offset!.Value)] });
        write.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. rows.Select(row => row.Part.Position)] });
        write.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Part.Text).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await write.ExecuteNonQueryAsync(cancellationToken);
    }
}
