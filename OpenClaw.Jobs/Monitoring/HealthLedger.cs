using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Keeps what the probes saw: how it is, since when, and every change.</summary>
public sealed class HealthLedger(NpgsqlDataSource dataSource, IDbContextFactory<OpenClawDbContext> contexts)
{
    private const string WriteSql =
        """
        WITH before AS (
            SELECT status FROM openclaw.health_checks WHERE name = $1 FOR UPDATE
        ), written AS (
            INSERT INTO openclaw.health_checks AS h (name, status, detail, since, checked_at) VALUES ($1, $2, $3, now(), now())
            ON CONFLICT (name) DO UPDATE
            SET status = excluded.status, detail = excluded.detail, checked_at = now(),
                since = CASE WHEN h.status = excluded.status THEN h.since ELSE now() END
        )
        INSERT INTO openclaw.health_transitions (name, from_status, to_status, detail, at)
        SELECT $1, (SELECT status FROM before), $2, $3, now()
        WHERE (SELECT status FROM before) IS DISTINCT FROM $2
        """;

    /// <summary>Writes a finding; returns whether the status has changed.</summary>
    public async Task<bool> WriteAsync(string name, HealthFinding finding, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WriteSql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = name }, new() { Value = EnumText.ToLower(finding.Status) }, new() { Value = finding.Detail } });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>How everything is, by name.</summary>
    public async Task<IReadOnlyList<HealthCheck>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.HealthChecks.AsNoTracking().OrderBy(check => check.Name).ToListAsync(cancellationToken);
    }

    /// <summary>The last changes, newest first.</summary>
    public async Task<IReadOnlyList<HealthTransition>> TransitionsAsync(int limit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.HealthTransitions.AsNoTracking().OrderByDescending(transition => transition.Id).Take(limit).ToListAsync(cancellationToken);
    }
}
