using Npgsql;

namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>
/// Asks the processes that serve agents whether they are there, by turns of a kind of their own, which are part of no
/// conversation and are withdrawn. A process that is at a turn is not asked: that it took it is proof enough.
/// </summary>
public sealed class WorkerChecks(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>Of the turns.</summary>
    public const string Kind = "check";

    private const string Question = "Are you there? This is the routing check: any answer will do.";

    private const int MaxNames = 10;

    // Those of nodes that beat, which serve agents that may be given something.
    private const string Served =
        """
        openclaw.session_servers s
        JOIN openclaw_system.executors e ON e.executor_id = s.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
        JOIN openclaw.agents a ON a.id = s.agent_id AND a.status = 'running'
        """;

    private const string SinceSql = $"SELECT min(s.since) FROM {Served}";

    // So many as a check has time for; where there are more, it is others each time.
    private const string OfferSql =
        $"""
        WITH offered AS (
            INSERT INTO openclaw.session_turns (turn_key, agent_id, session_key, kind, message, wanted_until)
            SELECT '{Kind}:' || gen_random_uuid(), served.id, served.openclaw_session_key, '{Kind}', $1, now() + $2
            FROM (SELECT DISTINCT a.id, a.openclaw_session_key FROM {Served}) served
            WHERE NOT EXISTS (SELECT 1 FROM openclaw.session_turns t WHERE t.agent_id = served.id AND t.answered_at IS NULL AND t.wanted_until > now())
            ORDER BY random() LIMIT 1000
            RETURNING turn_key, agent_id
        )
        SELECT turn_key, pg_notify('{WorkerTurns.Channel}', agent_id::text) FROM offered
        """;

    // Not one that went away meanwhile, or was given a real turn.
    private const string SilentSql =
        $"""
        SELECT DISTINCT a.name FROM {Served}
        JOIN openclaw.session_turns t ON t.agent_id = a.id AND t.turn_key = ANY ($1) AND t.answered_at IS NULL
        WHERE NOT EXISTS (
            SELECT 1 FROM openclaw.session_turns other
            WHERE other.agent_id = a.id AND other.answered_at IS NULL AND other.wanted_until > now() AND other.kind <> '{Kind}')
        ORDER BY a.name
        """;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>An answer takes no longer: a node looks for turns every two seconds, and no model need be asked for it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Since when a process serves an agent that runs; null when none does.</summary>
    public async Task<DateTimeOffset?> ServedSinceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SinceSql);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime since ? since : null;
    }

    /// <summary>Asks all of them.</summary>
    /// <returns>How many are there, as a sentence; null when nobody serves an agent.</returns>
    /// <exception cref="TimeoutException">Some did not answer.</exception>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        if (await ServedSinceAsync(cancellationToken) is null)
        {
            return null;
        }

        var turns = await ReadAsync(OfferSql, cancellationToken, Question, Patience);
        try
        {
            var began = time.GetTimestamp();
            var silent = await SilentAsync(turns, cancellationToken);
            while (silent.Count > 0 && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(LookAgain, time, cancellationToken);
                silent = await SilentAsync(turns, cancellationToken);
            }

            return silent.Count > 0 ? throw new TimeoutException(Describe(silent))
                : turns.Count > 0 ? $"The processes that serve {turns.Count} agents answered."
                : "Every process has a turn under way.";
        }
        finally
        {
            await ReadAsync("DELETE FROM openclaw.session_turns WHERE turn_key = ANY ($1) RETURNING turn_key", CancellationToken.None, turns);
        }
    }

    private string Describe(List<string> silent) =>
        $"No answer within {Patience.TotalSeconds:0} s from the process that serves {string.Join(", ", silent.Take(MaxNames))}{(silent.Count > MaxNames ? $" and {silent.Count - MaxNames} more" : "")}. Look at its log.";

    private Task<List<string>> SilentAsync(List<string> turns, CancellationToken cancellationToken) => ReadAsync(SilentSql, cancellationToken, turns);

    private async Task<List<string>> ReadAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
