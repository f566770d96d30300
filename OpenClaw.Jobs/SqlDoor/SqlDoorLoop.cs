using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Jobs.Loops;

namespace OpenClaw.Jobs.SqlDoor;

/// <summary>
/// Takes what other programs have asked for by SQL, in order of their asking for each agent. It is told at once; the look each half
/// second is the guarantee. One node takes at a time, whichever: its lock, and what it has at hand, is free again when it dies.
/// </summary>
public sealed partial class SqlDoorLoop : NotifiedService
{
    /// <summary>Where it is told that something was asked.</summary>
    public const string Channel = "openclaw_sql";

    private const int BatchSize = 200;
    private const int AtOnce = 4;

    // One node at a time, or an agent's order would be lost. What another has taken since this statement began is passed over.
    private const string TakeSql =
        """
        SELECT r.id, r.role, r.kind, r.agent_id, a.user_id, r.content FROM openclaw.sql_requests r JOIN openclaw.agents a ON a.id = r.agent_id
        WHERE r.taken_at IS NULL AND (
            SELECT CASE WHEN EXISTS (SELECT FROM openclaw.sql_requests WHERE taken_at IS NULL) THEN pg_try_advisory_xact_lock(hashtextextended('openclaw.sql_requests', 0)) ELSE false END)
        ORDER BY r.sequence LIMIT $1 FOR UPDATE OF r SKIP LOCKED
        """;

    private const string TakenSql =
        """
        UPDATE openclaw.sql_requests r SET taken_at = now(), message_id = t.message_id, workflow_uuid = t.workflow_uuid, refusal = t.refusal
        FROM unnest($1, $2, $3, $4) AS t (id, message_id, workflow_uuid, refusal) WHERE r.id = t.id
        """;

    private readonly SqlRequestHandler _handler;
    private readonly NpgsqlDataSource _dataSource;
    private readonly ILogger<SqlDoorLoop> _logger;

    internal SqlDoorLoop(SqlRequestHandler handler, NpgsqlDataSource dataSource, TimeProvider time, ILogger<SqlDoorLoop> logger)
        : base(TimeSpan.FromMilliseconds(500), time, logger) => (_handler, _dataSource, _logger) = (handler, dataSource, logger);

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        // Who asks meanwhile does not tell of it.
        while (await TakeAsync(cancellationToken) > 0)
        {
        }
    }

    protected override void LogNotSeen(string reason) => LogNotTaken(_logger, reason);

    // The rows stay locked while each is decided in a transaction of its own, which asked again is the same once.
    private async Task<int> TakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var requests = await ReadAsync(connection, cancellationToken);
        if (requests.Count == 0)
        {
            return 0;
        }

        var outcomes = new ConcurrentBag<(Guid Id, SqlOutcome Outcome)>();
        await Parallel.ForEachAsync(
            requests.GroupBy(request => request.AgentId),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (ofAgent, within) =>
            {
                foreach (var request in ofAgent)
                {
                    if (await HandleAsync(request, within) is not { } outcome)
                    {
                        return;
                    }

                    outcomes.Add((request.Id, outcome));
                }
            });
        await using var taken = new NpgsqlCommand(TakenSql, connection)
        {
            Parameters =
            {
                new() { Value = outcomes.Select(each => each.Id).ToArray() },
                new() { Value = outcomes.Select(each => each.Outcome.MessageId).ToArray() },
                new() { Value = outcomes.Select(each => each.Outcome.WorkflowUuid).ToArray() },
                new() { Value = outcomes.Select(each => each.Outcome.Refusal).ToArray() },
            },
        };
        await taken.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return outcomes.Count;
    }

    // Null when it could not be decided, as while the database is away; those behind it wait for it.
    private async Task<SqlOutcome?> HandleAsync(SqlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _handler.HandleAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUndecided(_logger, request.Id, exception);
            return null;
        }
    }

    private static async Task<List<SqlRequest>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(TakeSql, connection) { Parameters = { new() { Value = BatchSize } } };
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var requests = new List<SqlRequest>();
        while (await reader.ReadAsync(cancellationToken))
        {
            requests.Add(new SqlRequest(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetGuid(3), reader.GetString(4), reader.GetString(5)));
        }

        return requests;
    }

    [LoggerMessage(EventId = 1320, Level = LogLevel.Warning, Message = "What was asked by SQL could not be looked at: {Reason}. It is looked at again within half a second.")]
    private static partial void LogNotTaken(ILogger logger, string reason);

    [LoggerMessage(EventId = 1321, Level = LogLevel.Warning, Message = "Request {Id}, which was asked by SQL, could not be decided on. It is tried again, and those behind it wait.")]
    private static partial void LogUndecided(ILogger logger, Guid id, Exception exception);
}
