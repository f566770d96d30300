using Npgsql;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Reads the overview in one round trip. Every statement follows an index or a small table, but the one over all agents.</summary>
public sealed class OverviewQueries(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string AgentsSql =
        "SELECT status, count(*), count(*) FILTER (WHERE degraded_at IS NOT NULL AND status = 'running') FROM openclaw.agents WHERE user_id = $1 GROUP BY 1";

    private const string BeatsSql = "SELECT status, count(*) FROM openclaw.heartbeat_executions WHERE id >= $1 GROUP BY 1";

    private const string LateSql =
        "SELECT 'late', count(*) FROM openclaw.agents WHERE next_heartbeat_at < now() - interval '1 minute' AND status = 'running'";

    private const string MessagesSql =
        $"""
        SELECT state, count(*) FILTER (WHERE NOT notice), count(*) FILTER (WHERE notice) FROM (
            SELECT state, {MessageKinds.IsNoticeSql} AS notice FROM openclaw_system.notifications WHERE state IN ('accepted', 'parked') AND owner = $2
            UNION ALL
            SELECT state, {MessageKinds.IsNoticeSql} FROM openclaw_system.notifications WHERE id >= $1 AND state = 'dead' AND owner = $2
        ) message GROUP BY 1
        """;

    private const string OpenSql =
        "SELECT status, count(*) FROM openclaw_system.workflow_status WHERE completed_at IS NULL AND owner = $1 GROUP BY 1";

    private const string EndedSql =
        $"""
        WITH ended AS ({WorkflowMetrics.SinceSql})
        SELECT date_bin($2, at, 'epoch'),
               coalesce(sum(runs) FILTER (WHERE status = 'SUCCESS'), 0)::bigint,
               coalesce(sum(runs) FILTER (WHERE status IN ('ERROR', 'RETRIES_EXCEEDED')), 0)::bigint,
               coalesce(sum(runs) FILTER (WHERE status = 'CANCELLED'), 0)::bigint
        FROM ended GROUP BY 1
        """;

    private const string NodesSql =
        "SELECT executor_id, node, version, started_at, beat_at FROM openclaw_system.executors WHERE stopped_at IS NULL ORDER BY node";

    public Task<Overview> ReadAsync(string owner, CancellationToken cancellationToken) => ReadAsync(owner, ChartRange.Day, cancellationToken);

    /// <summary>How everything is.</summary>
    /// <param name="owner">Whose agents.</param>
    /// <param name="range">Of what has ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Overview> ReadAsync(string owner, ChartRange range, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (dayBegin, chartBegin) = (ChartRange.Day.Begin(now), range.Begin(now));
        await using var batch = dataSource.CreateBatch();
        Add(batch, AgentsSql, owner);
        Add(batch, BeatsSql, Uuid7.Floor(now.AddHours(-1)));
        Add(batch, LateSql);
        Add(batch, MessagesSql, Uuid7.Floor(now - MessageKinds.DeadShownFor), owner);
        Add(batch, OpenSql, owner);
        Add(batch, EndedSql, dayBegin < chartBegin ? dayBegin : chartBegin, range.Part);
        Add(batch, NodesSql);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var agents = await RowsAsync(reader, row => (Status: EnumText.Parse<AgentStatus>(row.GetString(0)), Count: row.GetInt64(1), Degraded: row.GetInt64(2)), cancellationToken);
        var beats = await CountsAsync<HeartbeatStatus>(reader, cancellationToken);
        var late = await RowsAsync(reader, row => row.GetInt64(1), cancellationToken);
        var messages = await RowsAsync(reader, row => (State: EnumText.Parse<MessageState>(row.GetString(0)), Messages: row.GetInt64(1), Notices: row.GetInt64(2)), cancellationToken);
        var open = await CountsAsync<WorkflowStatus>(reader, cancellationToken);
        var ended = await RowsAsync(reader, ReadEnded, cancellationToken);
        return new Overview
        {
            Agents = agents.ToDictionary(row => row.Status, row => row.Count),
            Degraded = agents.Sum(row => row.Degraded),
            Beats = beats,
            LateBeats = late[0],
            Messages = messages.ToDictionary(row => row.State, row => row.Messages),
            Notices = messages.ToDictionary(row => row.State, row => row.Notices),
            Open = open,
            Day = Sum(ended.Where(part => part.From >= dayBegin), dayBegin),
            Ended = range.Complete(ended, chartBegin),
            Nodes = await RowsAsync(reader, ReadNode, cancellationToken),
        };
    }

    private static EndedRuns ReadEnded(NpgsqlDataReader row) => new(row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private static void Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        return rows;
    }

    private static async Task<Dictionary<T, long>> CountsAsync<T>(NpgsqlDataReader reader, CancellationToken cancellationToken) where T : struct, Enum =>
        (await RowsAsync(reader, row => (Status: EnumText.Parse<T>(row.GetString(0)), Count: row.GetInt64(1)), cancellationToken))
            .ToDictionary(row => row.Status, row => row.Count);

    private static LiveNode ReadNode(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4));

    private static EndedRuns Sum(IEnumerable<EndedRuns> parts, DateTimeOffset begin) =>
        parts.Aggregate(new EndedRuns(begin, 0, 0, 0), (sum, part) => new(begin, sum.Succeeded + part.Succeeded, sum.Failed + part.Failed, sum.Cancelled + part.Cancelled));
}
