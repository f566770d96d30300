using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>How it stands in three figures, for the head of every page: read once in a few seconds, however many pages are open.</summary>
public sealed class StandingQueries(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int MaxOwners = 1_000;

    private const string Sql =
        $"""
        SELECT (SELECT count(*) FROM openclaw.agents WHERE user_id = $1 AND status = 'failed'),
               (SELECT count(*) FROM openclaw_system.notifications WHERE state = 'parked' AND owner = $1 AND NOT {MessageKinds.IsNoticeSql}),
               (SELECT count(*) FROM openclaw_system.workflow_status WHERE completed_at IS NULL AND owner = $1),
               (SELECT string_agg(DISTINCT status, ',') FROM openclaw.health_checks)
        """;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Standing> _known = new(StringComparer.Ordinal);

    public async Task<Standing> ReadAsync(string owner, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(owner, out var known) && time.GetUtcNow() - known.At < KeptFor)
        {
            return known;
        }

        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var states = await reader.IsDBNullAsync(3, cancellationToken) ? [] : reader.GetString(3).Split(',');
        var worst = states.Select(EnumText.Parse<HealthStatus>).DefaultIfEmpty(HealthStatus.Ok).Max();
        if (_known.Count > MaxOwners)
        {
            _known.Clear();
        }

        return _known[owner] = new Standing(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), worst, time.GetUtcNow());
    }
}

/// <param name="FailedAgents">Now.</param>
/// <param name="ParkedMessages">Without notices.</param>
/// <param name="OpenWorkflows">That have not ended.</param>
/// <param name="Health">The worst of all checks.</param>
/// <param name="At">When it was read.</param>
public sealed record Standing(long FailedAgents, long ParkedMessages, long OpenWorkflows, HealthStatus Health, DateTimeOffset At);
