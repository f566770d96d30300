using Npgsql;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Work on which nothing moves although its time has come.</summary>
public sealed class StuckWorkProbe(NpgsqlDataSource dataSource) : IHealthProbe
{
    private const string Sql =
        """
        SELECT count(*), coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 FROM (
            SELECT due_at FROM openclaw_system.workflow_status
            WHERE status IN ('ENQUEUED', 'PENDING') AND due_at < now() - interval '30 seconds' LIMIT 10000) overdue
        """;

    public string Name => "work";

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var (count, oldest) = await dataSource.CountAndAgeAsync(Sql, cancellationToken);
        return count == 0
            ? HealthFinding.Of(0, 1, 1, "No workflow is overdue.")
            : HealthFinding.Of(oldest, 60, 300, $"{count} workflows are overdue, the oldest by {oldest:0} s. Look at the queues and servers in the job dashboard.");
    }
}

/// <summary>Beats that are late.</summary>
public sealed class HeartbeatProbe(NpgsqlDataSource dataSource) : IHealthProbe
{
    private const string Sql =
        """
        SELECT count(*), coalesce(extract(epoch FROM now() - min(next_heartbeat_at)), 0)::float8 FROM (
            SELECT next_heartbeat_at FROM openclaw.agents
            WHERE next_heartbeat_at < now() - interval '5 seconds' AND heartbeat_claimed_until IS NULL LIMIT 10000) late
        """;

    public string Name => "heartbeats";

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var (count, oldest) = await dataSource.CountAndAgeAsync(Sql, cancellationToken);
        return count == 0
            ? HealthFinding.Of(0, 1, 1, "Every heart beats on time.")
            : HealthFinding.Of(oldest, 10, 60, $"{count} heartbeats are late, the oldest by {oldest:0} s. Look whether heartbeat-sweep runs (recurring jobs in the job dashboard).");
    }
}

/// <summary>Messages and notifications that wait for delivery.</summary>
public sealed class MessageBacklogProbe(NpgsqlDataSource dataSource) : IHealthProbe
{
    private const string Sql =
        """
        SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 FROM (
            SELECT created_at FROM openclaw_system.notifications WHERE state = 'accepted' LIMIT 100000) waiting
        """;

    public string Name => "messages";

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var (count, oldest) = await dataSource.CountAndAgeAsync(Sql, cancellationToken);
        return HealthFinding.Of(oldest, 60, 600, count == 0 ? "No message waits." : $"{count} messages wait for delivery, the oldest for {oldest:0} s.");
    }
}

internal static class SqlProbeExtensions
{
    public static async Task<(long Count, double Age)> CountAndAgeAsync(this NpgsqlDataSource dataSource, string sql, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetDouble(1));
    }
}
