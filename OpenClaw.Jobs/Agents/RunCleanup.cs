using Npgsql;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Agents;

/// <summary>Plain statements of the service's own words, which have next to nothing to fail at.</summary>
internal sealed class RunCleanup(NpgsqlDataSource dataSource) : IRunCleanup
{
    private const string Sql =
        $"""
        WITH freed AS (
            UPDATE openclaw.agents
            SET status = CASE WHEN operation = $3 THEN 'failed' ELSE status END, operation = NULL, error_message = $2, error_count = error_count + 1, updated_at = now()
            WHERE operation_workflow = $1 AND operation IS NOT NULL
        ), beaten AS (
            UPDATE openclaw.heartbeat_executions SET status = 'failed', reason = $2, completed_at = now()
            WHERE workflow_uuid = $1 AND status = 'running'
            RETURNING agent_id
        ), unclaimed AS (
            UPDATE openclaw.agents SET heartbeat_claimed_until = NULL WHERE id IN (SELECT agent_id FROM beaten)
        ), dead AS (
            UPDATE openclaw_system.notifications SET state = 'dead', state_reason = $2
            WHERE workflow_uuid = $1 AND state IN ('accepted', 'parked')
        )
        INSERT INTO openclaw_system.notifications
            (id, message_id, owner, sender, recipient, agent_id, content, metadata, state, state_reason, created_at, expires_at, event_sequence)
        SELECT $4, w.workflow_uuid || ':untidy:' || w.lease_epoch, w.owner, 'openclaw', $5 || w.owner, a.id,
               coalesce(a.name, 'OpenClaw') || ' waits for you: ' || w.name || ' ended, and not in order. ' || $2, $6::jsonb, 'parked', $7, now(), now() + $8, {OwnerNotifier.NextEventSql}
        FROM openclaw_system.workflow_status w LEFT JOIN openclaw.agents a ON a.id = w.agent_id
        WHERE w.workflow_uuid = $1
        ON CONFLICT DO NOTHING
        """;

    /// <inheritdoc/>
    public async Task WriteAsync(Guid workflowUuid, string reason, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Uuid(workflowUuid), Text(reason), Text(EnumText.ToLower(AgentOperation.Provision)), Uuid(Guid.CreateVersion7()),
            Text(Addresses.OfOwner("")), Text(OwnerNotifier.Metadata(NoticeEvent.WorkflowParked)), Text(OwnerNotifier.Waiting), Interval(NewMessage.DefaultTimeToLive),
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
