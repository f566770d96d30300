using System.Collections.Concurrent;
using Npgsql;

namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>
/// The turns of agents that are served by processes, in the database: whoever offers one and whoever takes it may be on
/// different nodes. Notifications are hints; looking again is the guarantee.
/// </summary>
public sealed class WorkerTurns(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The payload is an agent's id when a turn is offered, a turn's key when it is answered, and both when it is withdrawn.</summary>
    public const string Channel = "openclaw_sessions";

    // Answers are told; thousands wait at once.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    // For so long a process is waited for that serves the agent.
    private static readonly TimeSpan ComesWithin = TimeSpan.FromMinutes(15);

    // One that was taken may take as long as its limits say, and so may what that process has taken before it.
    private static string StateOf(string longest, string idle, string heard) =>
        $"""
        reply, error, input_tokens, output_tokens,
        created_at < now() - make_interval(secs => CASE WHEN deliveries > 0 OR EXISTS (
            SELECT FROM openclaw.session_servers s
            JOIN openclaw_system.executors e ON e.executor_id = s.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
            WHERE s.agent_id = known.agent_id) THEN {longest}::float8 ELSE {ComesWithin.TotalSeconds:0} END),
        coalesce(answered_at IS NULL AND alive_at < now() - make_interval(secs => {idle}::float8), false),
        deliveries, substr(said, {heard} + 1), wanted_until
        """;

    private static readonly string OfferSql =
        $"""
        WITH told AS (SELECT pg_notify('{Channel}', $2::text))
        INSERT INTO openclaw.session_turns AS known (turn_key, agent_id, session_key, kind, message, wanted_until)
        SELECT $1, $2, $3, $4, $5, now() + interval '2 minutes' FROM told
        ON CONFLICT (turn_key) DO UPDATE SET wanted_until = excluded.wanted_until
        RETURNING {StateOf("$6", "$7", "$8")}
        """;

    private static readonly string ReadSql = $"SELECT {StateOf("$2", "$3", "$4")} FROM openclaw.session_turns AS known WHERE turn_key = $1";

    // The first of each agent that is still wanted; one that was given to a connection that is gone is given away again.
    // A check holds up nothing: what is real goes before it.
    private const string TakeSql =
        $"""
        WITH first AS (
            SELECT DISTINCT ON (t.agent_id) t.turn_key, s.connection_id, a.persona
            FROM unnest($1, $2) AS s (agent_id, connection_id)
            JOIN openclaw.session_turns t ON t.agent_id = s.agent_id AND t.answered_at IS NULL AND t.wanted_until > now()
            JOIN openclaw.agents a ON a.id = t.agent_id
            ORDER BY t.agent_id, t.kind = '{WorkerChecks.Kind}', t.created_at
        )
        UPDATE openclaw.session_turns t SET connection_id = f.connection_id, deliveries = t.deliveries + 1, said = '', alive_at = now()
        FROM first f
        WHERE t.turn_key = f.turn_key AND t.answered_at IS NULL AND (t.connection_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM openclaw.session_servers s
            JOIN openclaw_system.executors e ON e.executor_id = s.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
            WHERE s.agent_id = t.agent_id AND s.connection_id = t.connection_id))
        RETURNING t.turn_key, t.agent_id, t.connection_id, t.session_key, t.kind, t.message, f.persona, t.deliveries
        """;

    // Of several that serve an agent the one that was given the turn answers it; when that one is gone, whoever serves it, which
    // may be the same process on a new connection.
    private const string AnswerSql =
        $"""
        WITH answered AS (
            UPDATE openclaw.session_turns t SET reply = $3, error = $4, input_tokens = $5, output_tokens = $6, answered_at = now()
            WHERE t.turn_key = $1 AND t.answered_at IS NULL AND t.connection_id IS NOT NULL
              AND EXISTS (SELECT 1 FROM openclaw.session_servers s WHERE s.agent_id = t.agent_id AND s.connection_id = $2)
              AND (t.connection_id = $2
                OR NOT EXISTS (SELECT 1 FROM openclaw.session_servers s WHERE s.agent_id = t.agent_id AND s.connection_id = t.connection_id))
            RETURNING t.turn_key, t.agent_id
        )
        SELECT true, pg_notify('{Channel}', turn_key), pg_notify('{Channel}', agent_id::text) FROM answered
        """;

    // The same connection tells what it says meanwhile, up to the length of a reply.
    private static readonly string ProgressSql =
        $"""
        WITH alive AS (
            UPDATE openclaw.session_turns SET said = left(said || $3, {AgentReply.MaxLength}), alive_at = now()
            WHERE turn_key = $1 AND connection_id = $2 AND answered_at IS NULL
            RETURNING turn_key
        )
        SELECT true, pg_notify('{Channel}', turn_key) FROM alive
        """;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Offers the turn, or says again that it is wanted, and tells how it stands.</summary>
    /// <param name="agent">Whose it is.</param>
    /// <param name="turn">What it is asked.</param>
    /// <param name="heard">Characters of what is said meanwhile that the caller has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkerTurnState> OfferAsync(RuntimeAgent agent, Turn turn, int heard, CancellationToken cancellationToken)
    {
        var kind = turn.Kind is TurnKind.Heartbeat ? "heartbeat" : "message";
        await using var offer = dataSource.CreateCommand(OfferSql);
        offer.Parameters.AddRange(Values(turn.IdempotencyKey, agent.Id, turn.SessionKey ?? agent.SessionKey, kind, turn.Message));
        offer.Parameters.AddRange(Limits(turn, heard));
        return await ReadAsync(offer, cancellationToken);
    }

    /// <summary>How the turn stands when it was answered, more of it was said, it was given to another process, or the time is up.</summary>
    /// <param name="turn">What was asked.</param>
    /// <param name="heard">Characters of what is said meanwhile that the caller has.</param>
    /// <param name="deliveries">To so many connections it was given, as the caller knows.</param>
    /// <param name="limit">How long is waited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WorkerTurnState> WaitAsync(Turn turn, int heard, int deliveries, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (turnKey, began) = (turn.IdempotencyKey, time.GetTimestamp());
        try
        {
            while (true)
            {
                var told = _waiting.GetOrAdd(turnKey, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                await using var read = dataSource.CreateCommand(ReadSql);
                read.Parameters.AddRange(Values(turnKey));
                read.Parameters.AddRange(Limits(turn, heard));
                var state = await ReadAsync(read, cancellationToken);
                if (!state.IsOpen || state.Said.Length > 0 || state.Deliveries != deliveries || time.GetElapsedTime(began) >= limit)
                {
                    return state;
                }

                await Task.WhenAny(told, Task.Delay(LookAgain, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Also of a turn that is cancelled, which nobody may answer any more.
            _waiting.TryRemove(turnKey, out _);
        }
    }

    /// <summary>A turn was answered, or more of its answer was said, on whatever node.</summary>
    public void Heard(string turnKey)
    {
        if (_waiting.TryRemove(turnKey, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Takes the next turn of each agent for the connections of this node that serve them.</summary>
    public async Task<IReadOnlyList<OfferedTurn>> TakeAsync(IReadOnlyList<(Guid AgentId, string ConnectionId)> servers, CancellationToken cancellationToken)
    {
        await using var take = dataSource.CreateCommand(TakeSql);
        take.Parameters.AddRange(Values(servers.Select(server => server.AgentId).ToArray(), servers.Select(server => server.ConnectionId).ToArray()));
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var turns = new List<OfferedTurn>();
        while (await reader.ReadAsync(cancellationToken))
        {
            turns.Add(new OfferedTurn(
                reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetInt32(7)));
        }

        return turns;
    }

    /// <summary>Stores the answer of the connection that was given the turn. False when the turn is unknown, another's, or was answered before.</summary>
    public async Task<bool> AnswerAsync(string turnKey, string connectionId, string? reply, string? error, TurnUsage? usage, CancellationToken cancellationToken)
    {
        await using var answer = dataSource.CreateCommand(AnswerSql);
        answer.Parameters.AddRange(Values(turnKey, connectionId, reply, error, usage?.InputTokens, usage?.OutputTokens));
        var stored = await answer.ExecuteScalarAsync(cancellationToken) is not null;
        if (stored)
        {
            Heard(turnKey);
        }

        return stored;
    }

    /// <summary>Keeps what the connection that was given the turn has said in addition, and that it is alive. False when it has that turn no more.</summary>
    public async Task<bool> ProgressAsync(string turnKey, string connectionId, string text, CancellationToken cancellationToken)
    {
        await using var progress = dataSource.CreateCommand(ProgressSql);
        progress.Parameters.AddRange(Values(turnKey, connectionId, text));
        var isKept = await progress.ExecuteScalarAsync(cancellationToken) is not null;
        if (isKept)
        {
            Heard(turnKey);
        }

        return isKept;
    }

    /// <summary>Whether the turn is under way with another connection that is there.</summary>
    public async Task<bool> IsAnothersAsync(string turnKey, string connectionId, CancellationToken cancellationToken)
    {
        await using var ask = dataSource.CreateCommand(
            """
            SELECT 1 FROM openclaw.session_turns t
            WHERE t.turn_key = $1 AND t.answered_at IS NULL AND t.connection_id <> $2
              AND EXISTS (SELECT 1 FROM openclaw.session_servers s WHERE s.agent_id = t.agent_id AND s.connection_id = t.connection_id)
            """);
        ask.Parameters.AddRange(Values(turnKey, connectionId));
        return await ask.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>Forgets a turn that came to nothing, and has the process that was given it told. What another node has offered since stays.</summary>
    public async Task WithdrawAsync(string turnKey, DateTimeOffset wantedUntil)
    {
        await using var withdraw = dataSource.CreateCommand(
            $"""
            WITH gone AS (DELETE FROM openclaw.session_turns WHERE turn_key = $1 AND wanted_until <= $2 RETURNING agent_id, connection_id)
            SELECT pg_notify('{Channel}', agent_id || ' ' || $1) FROM gone WHERE connection_id IS NOT NULL
            """);
        withdraw.Parameters.AddRange(Values(turnKey, wantedUntil));
        await withdraw.ExecuteNonQueryAsync();
    }

    /// <summary>The agent and the turn of a notification that a turn was withdrawn; null of any other one.</summary>
    public static (Guid AgentId, string TurnKey)? Withdrawn(string news) =>
        news.Split(' ', 2) is [var agent, var turn] && Guid.TryParse(agent, out var agentId) ? (agentId, turn) : null;

    private static async Task<WorkerTurnState> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var usage = reader.IsDBNull(2) || reader.IsDBNull(3) ? null : new TurnUsage(reader.GetInt64(2), reader.GetInt64(3));
        return new WorkerTurnState(
            reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), usage, reader.GetBoolean(4), reader.GetInt32(6))
        {
            IsSilent = reader.GetBoolean(5),
            Said = reader.GetString(7),
            WantedUntil = reader.GetFieldValue<DateTimeOffset>(8),
        };
    }

    private static NpgsqlParameter[] Limits(Turn turn, int heard) => [SqlParameters.Number(turn.Limits.Longest.TotalSeconds), SqlParameters.Number(turn.Limits.Idle?.TotalSeconds), SqlParameters.Int(heard)];

    private static NpgsqlParameter[] Values(params object?[] values) => [.. values.Select(Value)];

    // A null has no type of its own.
    private static NpgsqlParameter Value(object? value, int index) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = index < 4 ? NpgsqlTypes.NpgsqlDbType.Text : NpgsqlTypes.NpgsqlDbType.Bigint }
        : new NpgsqlParameter { Value = value };
}
