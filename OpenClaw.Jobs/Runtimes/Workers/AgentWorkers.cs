using Npgsql;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>Says in the database which connections of this node serve which agents.</summary>
public sealed class AgentWorkers(NpgsqlDataSource dataSource, ExecutorIdentity executor)
{
    // Those of nodes that are gone go with the first who comes after.
    private const string AddSql =
        """
        WITH gone AS (
            DELETE FROM openclaw.session_servers s
            WHERE NOT EXISTS (SELECT 1 FROM openclaw_system.executors e WHERE e.executor_id = s.executor_id AND e.stopped_at IS NULL)
        )
        INSERT INTO openclaw.session_servers (agent_id, connection_id, executor_id) VALUES ($1, $2, $3)
        ON CONFLICT (agent_id, connection_id) DO NOTHING
        """;

    private const string RemoveSql = "DELETE FROM openclaw.session_servers WHERE connection_id = $1 AND ($2::uuid IS NULL OR agent_id = $2)";

    public Task AddAsync(Guid agentId, string connectionId, CancellationToken cancellationToken) => ExecuteAsync(AddSql, cancellationToken, agentId, connectionId, executor.Id);

    /// <summary>The connection does not serve the agent any more.</summary>
    public Task RemoveAsync(string connectionId, Guid agentId, CancellationToken cancellationToken) => ExecuteAsync(RemoveSql, cancellationToken, connectionId, agentId);

    /// <summary>The connection is gone.</summary>
    public Task RemoveAsync(string connectionId) => ExecuteAsync(RemoveSql, CancellationToken.None, connectionId, DBNull.Value);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
