using Npgsql;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine;

/// <summary>How runs went over time, from the same counts as <see cref="WorkflowMetrics"/> has.</summary>
public sealed class WorkflowSeries(NpgsqlDataSource dataSource)
{
    private const string Sql =
        $"""
        WITH counted AS (
            SELECT date_bin($2, at, 'epoch') AS at, status, duration_bucket, runs FROM ({WorkflowMetrics.SinceSql}) ended WHERE $3::text IS NULL OR name = $3
        ), ranked AS (
            SELECT at, duration_bucket, sum(sum(runs)) OVER (PARTITION BY at ORDER BY duration_bucket) AS up_to, sum(sum(runs)) OVER (PARTITION BY at) AS of
            FROM counted GROUP BY at, duration_bucket
        ), percentiles AS (
            SELECT at,
                   power({WorkflowMetrics.Growth}, min(duration_bucket) FILTER (WHERE up_to >= 0.50 * of) + 0.5) AS p50,
                   power({WorkflowMetrics.Growth}, min(duration_bucket) FILTER (WHERE up_to >= 0.95 * of) + 0.5) AS p95
            FROM ranked GROUP BY at
        )
        SELECT at,
               coalesce(sum(runs) FILTER (WHERE status = 'SUCCESS'), 0)::bigint,
               coalesce(sum(runs) FILTER (WHERE status IN ('ERROR', 'RETRIES_EXCEEDED')), 0)::bigint,
               coalesce(sum(runs) FILTER (WHERE status = 'CANCELLED'), 0)::bigint,
               p50::float8, p95::float8
        FROM counted JOIN percentiles USING (at) GROUP BY at, p50, p95 ORDER BY at
        """;

    /// <summary>Oldest first; parts in which nothing ended are absent.</summary>
    /// <param name="begin">The beginning of the first part.</param>
    /// <param name="part">How long each is: five minutes, or an hour.</param>
    /// <param name="name">Only this workflow; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkflowSeriesPart>> ReadAsync(DateTimeOffset begin, TimeSpan part, string? name, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = begin }, new() { Value = part }, Text(name) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var parts = new List<WorkflowSeriesPart>();
        while (await reader.ReadAsync(cancellationToken))
        {
            parts.Add(new WorkflowSeriesPart(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetDouble(4), reader.GetDouble(5)));
        }

        return parts;
    }
}

/// <summary>Runs that ended in a part of the time that begins then, and how long they took; percentiles are right to within 12 %.</summary>
public sealed record WorkflowSeriesPart(DateTimeOffset From, long Succeeded, long Failed, long Cancelled, double P50Ms, double P95Ms);
