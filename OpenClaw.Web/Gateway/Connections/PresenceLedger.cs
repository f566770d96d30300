using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Tells other nodes who is connected to this one, and this one who is connected to them.</summary>
internal sealed class PresenceLedger(NpgsqlDataSource dataSource, ExecutorIdentity executor)
{
    private const int MaxOthers = 1000;

    private const string WriteSql =
        """
        WITH gone AS (
            DELETE FROM openclaw.gateway_presence p
            WHERE (p.executor_id = $1 AND p.connection_id <> ALL ($2))
               OR NOT EXISTS (SELECT 1 FROM openclaw_system.executors e WHERE e.executor_id = p.executor_id AND e.stopped_at IS NULL)
        )
        INSERT INTO openclaw.gateway_presence (connection_id, executor_id, entry, connected_at)
        SELECT c.id, $1, c.entry::jsonb, c.at FROM unnest($2, $3, $4) AS c (id, entry, at)
        ON CONFLICT (connection_id) DO NOTHING
        """;

    // A node that died without a word is gone from here as soon as its heart is missed.
    private const string ReadSql =
        """
        SELECT p.entry FROM openclaw.gateway_presence p
        JOIN openclaw_system.executors e ON e.executor_id = p.executor_id AND e.stopped_at IS NULL AND e.beat_at > now() - interval '10 seconds'
        WHERE p.executor_id <> $1
        ORDER BY p.connected_at DESC LIMIT $2
        """;

    /// <summary>Makes the table say what is so: these connections are here, and no others.</summary>
    public async Task WriteAsync(IReadOnlyList<(string Id, PresenceEntry Entry)> here, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WriteSql);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = executor.Id },
            new() { Value = here.Select(connection => connection.Id).ToArray() },
            new() { Value = here.Select(connection => ProtocolJson.Element(connection.Entry).GetRawText()).ToArray() },
            new() { Value = here.Select(connection => DateTimeOffset.FromUnixTimeMilliseconds(connection.Entry.Ts)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Who is connected to other nodes that live, the newest first.</summary>
    public async Task<IReadOnlyList<PresenceEntry>> OthersAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = executor.Id }, new() { Value = MaxOthers } });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var others = new List<PresenceEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            others.Add(JsonSerializer.Deserialize<PresenceEntry>(reader.GetString(0), JsonSerializerOptions.Web)!);
        }

        return others;
    }
}
