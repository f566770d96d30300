using Npgsql;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>
/// Finds ends of runs and notices in their one order, and which subscriptions they are for. What writes them does nothing more for it: numbers
/// are given before they are committed, so it goes up to one only when all that wrote into the table, when that was the last, have ended.
/// </summary>
public sealed class EventFeed(NpgsqlDataSource dataSource)
{
    /// <summary>All that there is to be told of. The kinds are as the condition of the index has them, or it is not used.</summary>
    internal const string Events =
        """
        (SELECT e.seq, 'workflow.' || e.kind AS type, e.created_at, w.owner, w.agent_id, w.workflow_uuid, w.name, e.actor, e.reason, NULL::uuid AS notice, NULL::text AS text
        FROM openclaw_system.workflow_events e JOIN openclaw_system.workflow_status w USING (workflow_uuid) WHERE e.kind IN ('succeeded', 'failed', 'retries_exceeded', 'cancelled')
        UNION ALL SELECT n.event_sequence, 'notice.' || (n.metadata ->> 'event'), n.created_at, n.owner, n.agent_id, NULL, NULL, NULL, NULL, n.id, n.content
        FROM openclaw_system.notifications n WHERE n.event_sequence IS NOT NULL)
        """;

    private const string LastSql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM openclaw_system.workflow_events_seq_seq";

    private const string WritersSql =
        """
        SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND relation IN ('openclaw_system.workflow_events'::regclass, 'openclaw_system.notifications'::regclass)
        """;

    private const string MoveSql =
        $"""
        WITH before AS (SELECT position FROM openclaw.event_positions WHERE source = 'workflows' AND position < $1 FOR UPDATE),
        moved AS (UPDATE openclaw.event_positions p SET position = $1 FROM before WHERE p.source = 'workflows'),
        news AS (
            SELECT e.owner, e.name, e.agent_id, e.type, max(e.seq) AS seq FROM before JOIN {Events} e ON e.seq > before.position AND e.seq <= $1 GROUP BY 1, 2, 3, 4
        ),
        found AS (
            SELECT s.id, max(n.seq) AS newest FROM openclaw.subscriptions s JOIN news n ON n.owner = s.owner AND n.type = ANY (s.events)
            AND (s.workflows = ARRAY[]::text[] OR n.name IS NULL OR n.name = ANY (s.workflows)) AND (s.agent_ids = ARRAY[]::uuid[] OR n.agent_id = ANY (s.agent_ids)) GROUP BY s.id
        )
        UPDATE openclaw.subscriptions s SET newest = f.newest FROM found f WHERE s.id = f.id AND s.newest < f.newest
        """;

    private long _bound = -1;
    private long _moved = -1;
    private HashSet<string> _writers = [];

    /// <summary>Looks once; what somebody still writes is found by a later look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (_bound < 0)
        {
            var last = await LastAsync(connection, cancellationToken);
            if (last == _moved)
            {
                // Nothing has been written since: a service at rest asks this alone.
                return;
            }

            _bound = last;
            _writers = await WritersAsync(connection, cancellationToken);
        }
        else
        {
            _writers.IntersectWith(await WritersAsync(connection, cancellationToken));
        }

        if (_writers.Count > 0)
        {
            return;
        }

        await using var move = new NpgsqlCommand(MoveSql, connection) { Parameters = { new() { Value = _bound } } };
        await move.ExecuteNonQueryAsync(cancellationToken);
        (_moved, _bound) = (_bound, -1);
    }

    private static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand(LastSql, connection);
        return (long)(await last.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<HashSet<string>> WritersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WritersSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var writers = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            writers.Add(reader.GetString(0));
        }

        return writers;
    }
}
