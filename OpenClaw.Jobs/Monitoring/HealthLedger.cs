using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Keeps what the probes saw: how it is, since when, and every change. What fails, and is well again, is told to the owner.</summary>
public sealed class HealthLedger(NpgsqlDataSource dataSource, IDbContextFactory<OpenClawDbContext> contexts, HealthCheckInterval interval, ExecutorIdentity executor)
{
    // Beyond so many intervals nobody looks any more.
    private const int StaleAfter = 3;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private const int MaxDetail = 2_000;

    private const string WriteSql =
        $$"""
        WITH before AS (
            SELECT status FROM openclaw.health_checks WHERE name = $1 AND node = $4 FOR UPDATE
        ), written AS (
            INSERT INTO openclaw.health_checks AS h (name, status, detail, node, value, degraded_from, failed_from, unit, since, checked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now(), now())
            ON CONFLICT (name, node) DO UPDATE
            SET status = excluded.status, detail = excluded.detail, value = excluded.value, checked_at = now(),
                degraded_from = excluded.degraded_from, failed_from = excluded.failed_from, unit = excluded.unit,
                since = CASE WHEN h.status = excluded.status THEN h.since ELSE now() END
        ), changed AS (
            INSERT INTO openclaw.health_transitions (name, node, from_status, to_status, detail, at)
            SELECT $1, $4, (SELECT status FROM before), $2, $3, now()
            WHERE (SELECT status FROM before) IS DISTINCT FROM $2
            RETURNING id, from_status, to_status
        ), told AS (
            INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, content, metadata, state, state_reason, created_at, expires_at, event_sequence)
            SELECT {{Uuid7.NewSql}}, 'health:' || c.id || ':' || o.user_id, o.user_id, 'health', 'owner:' || o.user_id, $9, '{"kind": "alert", "event": "health_changed"}', 'parked', '{{OwnerNotifier.Waiting}}', now(), now() + $10, {{OwnerNotifier.NextEventSql}}
            FROM changed c, (SELECT user_id FROM openclaw.agents UNION SELECT '{{Owners.House}}') o
            WHERE 'failed' IN (c.from_status, c.to_status)
            ON CONFLICT DO NOTHING
        )
        SELECT from_status FROM changed
        """;

    private const string ReadSql =
        """
        SELECT name, node, CASE WHEN stale THEN 'failed' ELSE status END AS status,
               CASE WHEN stale THEN 'Nobody has looked since ' || to_char(checked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC. Before: ' || detail ELSE detail END AS detail,
               value, degraded_from, failed_from, unit, since, checked_at
        FROM (SELECT *, checked_at < now() - $1 AS stale FROM openclaw.health_checks) checks
        WHERE node IN ('', $2) OR node IN (SELECT e.node FROM openclaw_system.executors e WHERE e.stopped_at IS NULL)
        ORDER BY name, node
        """;

    /// <summary>Writes a finding; returns the change, if the status has changed.</summary>
    public async Task<HealthChange?> WriteAsync(string name, bool ofNode, HealthFinding finding, CancellationToken cancellationToken)
    {
        // It may quote what another server said.
        var (node, status, detail) = (ofNode ? executor.Node : "", EnumText.ToLower(finding.Status), ForeignText.Clean(finding.Detail, MaxDetail));
        await using var command = dataSource.CreateCommand(WriteSql);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Text(name), Text(status), Text(detail), Text(node),
            Number(finding.Measured?.Value), Number(finding.Measured?.DegradedFrom), Number(finding.Measured?.FailedFrom), Text(finding.Measured?.Unit),
            Text($"Health: {name}{(ofNode ? $" of {node}" : "")} is {status}. {detail}"),
            Interval(NewMessage.DefaultTimeToLive),
        });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new HealthChange(await reader.IsDBNullAsync(0, cancellationToken) ? null : EnumText.Parse<HealthStatus>(reader.GetString(0)), finding.Status)
            : null;
    }

    /// <summary>How everything is, by name, on this node and others that live. What nobody looks at any more has failed.</summary>
    public async Task<IReadOnlyList<HealthCheck>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { Interval((StaleAfter * interval.Value) + Grace), Text(executor.Node) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var checks = new List<HealthCheck>();
        while (await reader.ReadAsync(cancellationToken))
        {
            checks.Add(new HealthCheck
            {
                Name = reader.GetString(0),
                Node = reader.GetString(1),
                Status = EnumText.Parse<HealthStatus>(reader.GetString(2)),
                Detail = reader.GetString(3),
                Value = reader.GetFieldValue<double?>(4),
                DegradedFrom = reader.GetFieldValue<double?>(5),
                FailedFrom = reader.GetFieldValue<double?>(6),
                Unit = reader.IsDBNull(7) ? null : reader.GetString(7),
                Since = reader.GetFieldValue<DateTimeOffset>(8),
                CheckedAt = reader.GetFieldValue<DateTimeOffset>(9),
            });
        }

        return checks;
    }

    /// <summary>The last changes, newest first.</summary>
    public async Task<IReadOnlyList<HealthTransition>> TransitionsAsync(int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.HealthTransitions.AsNoTracking().OrderByDescending(transition => transition.Id).Take(limit).ToListAsync(cancellationToken);
    }
}

/// <summary>A check's change; the first look has no status before it.</summary>
public sealed record HealthChange(HealthStatus? From, HealthStatus To)
{
    /// <summary>Something has failed, or no longer has.</summary>
    public bool IsFailure => HealthStatus.Failed == From || HealthStatus.Failed == To;
}
