using Npgsql;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>
/// Finds ends of runs and notices in their one order, and which subscriptions they are for. What writes them does nothing more for it: numbers
/// are given before they are committed, so it goes up to one only when all that wrote into the table, when that was the last, have ended.
/// </summary>
public sealed class EventFeed(NpgsqlDataSource dataSource, TimeProvider time)
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

    // Where it begins is a parameter, and not read on the way: only so the indexes are used from there, and not from their beginning. Who
    // finds that another node has moved it meanwhile does nothing. Those for all agents meet each kind of news once, and those for some
    // the news of these alone: of 10,000 subscriptions and the news of 200 agents each with each would be two million pairs, twice a
    // second. scripts/bench events measures it.
    private const string MoveSql =
        $"""
        WITH before AS (SELECT position FROM openclaw.event_positions WHERE source = 'workflows' AND position = $2 AND $2 < $1 FOR UPDATE),
        moved AS (UPDATE openclaw.event_positions p SET position = $1 FROM before WHERE p.source = 'workflows'),
        news AS (
            SELECT e.owner, e.name, e.agent_id, e.type, max(e.seq) AS seq FROM before CROSS JOIN {Events} e WHERE e.seq > $2 AND e.seq <= $1 GROUP BY 1, 2, 3, 4
        ),
        kinds AS (SELECT owner, name, type, max(seq) AS seq FROM news GROUP BY 1, 2, 3),
        found AS (
            SELECT id, max(seq) AS newest FROM (
                SELECT s.id, n.seq FROM openclaw.subscriptions s JOIN kinds n ON n.owner = s.owner AND n.type = ANY (s.events)
                AND (s.workflows = ARRAY[]::text[] OR n.name IS NULL OR n.name = ANY (s.workflows)) WHERE s.agent_ids = ARRAY[]::uuid[]
                UNION ALL
                SELECT s.id, n.seq FROM (SELECT id, owner, events, workflows, unnest(agent_ids) AS agent_id FROM openclaw.subscriptions OFFSET 0) s
                JOIN news n ON n.owner = s.owner AND n.agent_id = s.agent_id
                AND n.type = ANY (s.events) AND (s.workflows = ARRAY[]::text[] OR n.name IS NULL OR n.name = ANY (s.workflows))
            ) matches GROUP BY id
        )
        UPDATE openclaw.subscriptions s SET newest = f.newest FROM found f WHERE s.id = f.id AND s.newest < f.newest
        """;

    // Of one processor's time that looking may take: with very many subscriptions events are found later, and what sends is not slowed.
    private const int RestsPerLook = 20;

    private const int MostSecondsOfRest = 10;

    private long _restUntil;
    private long _bound = -1;
    private long _moved = -1;
    private HashSet<string> _writers = [];

    /// <summary>Looks once; what somebody still writes is found by a later look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() < _restUntil)
        {
            return;
        }

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

        if (await PositionAsync(connection, cancellationToken) is var position && position < _bound)
        {
            await using var move = new NpgsqlCommand(MoveSql, connection) { Parameters = { new() { Value = _bound }, new() { Value = position } } };
            var began = time.GetTimestamp();
            await move.ExecuteNonQueryAsync(cancellationToken);
            var ended = time.GetTimestamp();
            _restUntil = ended + Math.Min((ended - began) * RestsPerLook, time.TimestampFrequency * MostSecondsOfRest);
            if (await PositionAsync(connection, cancellationToken) < _bound)
            {
                // Another node moved it meanwhile, and not as far.
                return;
            }
        }

        (_moved, _bound) = (_bound, -1);
    }

    private static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var last = new NpgsqlCommand(LastSql, connection);
        return (long)(await last.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> PositionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var position = new NpgsqlCommand("SELECT position FROM openclaw.event_positions WHERE source = 'workflows'", connection);
        return (long)(await position.ExecuteScalarAsync(cancellationToken))!;
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
