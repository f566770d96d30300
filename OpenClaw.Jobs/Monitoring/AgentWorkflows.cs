using Npgsql;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>How the workflows of one agent went.</summary>
public sealed class AgentWorkflows(NpgsqlDataSource dataSource)
{
    /// <summary>How far back it looks.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    // Version 7 ids grow with time, and the index of an agent's runs ends with them.
    private const string ReadSql =
        $"""
        SELECT name,
               count(*) FILTER (WHERE status = 'SUCCESS'), count(*) FILTER (WHERE status IN ('ERROR', 'RETRIES_EXCEEDED')),
               count(*) FILTER (WHERE status = 'CANCELLED'), count(*) FILTER (WHERE completed_at IS NULL),
               (avg(extract(epoch FROM completed_at - created_at)) * 1000)::float8,
               (array_agg(status ORDER BY workflow_uuid DESC) FILTER (WHERE completed_at IS NOT NULL))[1],
               max(created_at)
        FROM openclaw_system.workflow_status
        WHERE agent_id = $2 AND workflow_uuid >= {Uuid7.FloorSql}
        GROUP BY name ORDER BY name
        """;

    public async Task<IReadOnlyList<AgentWorkflowFigures>> ReadAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Window }, new() { Value = agentId } });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var figures = new List<AgentWorkflowFigures>();
        while (await reader.ReadAsync(cancellationToken))
        {
            figures.Add(new AgentWorkflowFigures(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetFieldValue<double?>(5),
                reader.IsDBNull(6) ? null : EnumText.Parse<WorkflowStatus>(reader.GetString(6)), reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return figures;
    }
}

/// <summary>How an agent's runs of one workflow went, and how the last one ended that has ended.</summary>
public sealed record AgentWorkflowFigures(
    string Name, long Succeeded, long Failed, long Cancelled, long Pending, double? AverageMs, WorkflowStatus? Last, DateTimeOffset LastStartedAt);
