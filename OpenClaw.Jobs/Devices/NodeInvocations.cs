using Npgsql;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Devices;

/// <summary>
/// What node hosts are asked that are connected to other processes of the service, in the database. Notifications are hints;
/// looking again each second is the guarantee.
/// </summary>
public sealed class NodeInvocations(NpgsqlDataSource dataSource, ExecutorIdentity executor)
{
    /// <summary>The payload is a process's id when something is asked of it or withdrawn, and an invocation's id when it is answered.</summary>
    public const string Channel = "openclaw_nodes";

    // The process that the node host came to last; what nobody withdrew goes with the next one that is asked.
    private const string AskSql =
        $"""
        WITH gone AS (DELETE FROM openclaw.node_invocations WHERE wanted_until < now()),
        asked AS (
            INSERT INTO openclaw.node_invocations (id, node_id, executor_id, request, wanted_until)
            SELECT $1, $2, p.executor_id, $3, now() + $4
            FROM openclaw.gateway_presence p
            JOIN openclaw_system.executors e ON e.executor_id = p.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
            WHERE p.entry ->> 'deviceId' = $2 AND p.entry -> 'roles' ? 'node' AND p.executor_id <> $5
            ORDER BY p.connected_at DESC LIMIT 1
            RETURNING executor_id
        )
        SELECT executor_id, pg_notify('{Channel}', executor_id) FROM asked
        """;

    // One that nobody began with is lost when the node host goes; one under way is answered by the process that has it, unless that dies.
    private const string ReadSql =
        """
        SELECT i.answer, e.executor_id IS NOT NULL AND (i.taken_at IS NOT NULL OR EXISTS (
                   SELECT FROM openclaw.gateway_presence p WHERE p.executor_id = i.executor_id AND p.entry ->> 'deviceId' = i.node_id)),
               i.taken_at IS NOT NULL
        FROM openclaw.node_invocations i
        LEFT JOIN openclaw_system.executors e ON e.executor_id = i.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
        WHERE i.id = $1
        """;

    /// <summary>Asks the process to which the node host is connected. False when it is connected to none.</summary>
    /// <param name="id">The invocation.</param>
    /// <param name="nodeId">The node host.</param>
    /// <param name="request">JSON, for <see cref="TakeAsync"/> there.</param>
    /// <param name="patience">So long somebody waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> AskAsync(Guid id, string nodeId, string request, TimeSpan patience, CancellationToken cancellationToken)
    {
        await using var ask = Command(AskSql, id, nodeId, request, patience, executor.Id);
        return await ask.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>How an invocation stands.</summary>
    public async Task<NodeInvocationState> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var read = Command(ReadSql, id);
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new NodeInvocationState(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2))
            : new NodeInvocationState(Answer: null, IsHeld: false, IsTaken: false);
    }

    /// <summary>Nobody waits any more.</summary>
    public async Task WithdrawAsync(Guid id)
    {
        await using var withdraw = Command(
            $"WITH gone AS (DELETE FROM openclaw.node_invocations WHERE id = $1 RETURNING executor_id, answer) SELECT pg_notify('{Channel}', executor_id) FROM gone WHERE answer IS NULL", id);
        await withdraw.ExecuteNonQueryAsync();
    }

    /// <summary>What this process is asked and has not begun with.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Request)>> TakeAsync(CancellationToken cancellationToken)
    {
        await using var take = Command("UPDATE openclaw.node_invocations SET taken_at = now() WHERE executor_id = $1 AND taken_at IS NULL AND wanted_until > now() RETURNING id, request", executor.Id);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var taken = new List<(Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return taken;
    }

    /// <summary>Those of the invocations that somebody waits for.</summary>
    public async Task<IReadOnlySet<Guid>> WantedAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var ask = Command("SELECT id FROM openclaw.node_invocations WHERE id = ANY ($1) AND wanted_until > now()", ids.ToArray());
        await using var reader = await ask.ExecuteReaderAsync(cancellationToken);
        var wanted = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            wanted.Add(reader.GetGuid(0));
        }

        return wanted;
    }

    /// <summary>Tells whoever waits.</summary>
    public async Task AnswerAsync(Guid id, string answer, CancellationToken cancellationToken)
    {
        await using var tell = Command(
            $"WITH answered AS (UPDATE openclaw.node_invocations SET answer = $2 WHERE id = $1 RETURNING id) SELECT pg_notify('{Channel}', id::text) FROM answered", id, answer);
        await tell.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>How an invocation stands.</summary>
/// <param name="Answer">JSON; null until it is there.</param>
/// <param name="IsHeld">A process that lives has it, and the node host.</param>
/// <param name="IsTaken">That process has begun with it.</param>
public sealed record NodeInvocationState(string? Answer, bool IsHeld, bool IsTaken);
