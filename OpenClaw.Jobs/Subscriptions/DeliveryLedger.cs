using Npgsql;
using NpgsqlTypes;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Says who is due, gives leases, and keeps what came of each attempt. What a lost lease says changes nothing.</summary>
internal sealed class DeliveryLedger(NpgsqlDataSource dataSource)
{
    /// <summary>Longer than one node delivers in a row, with the last attempt.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private const int Page = 20;

    private const string ClaimSql =
        """
        WITH due AS (
            SELECT id FROM openclaw.subscriptions WHERE disabled_at IS NULL AND newest > cursor AND next_attempt_at <= now()
            AND (leased_until IS NULL OR leased_until < now()) AND (attempts > 0) = $2 ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED
        )
        UPDATE openclaw.subscriptions s SET lease = gen_random_uuid(), leased_until = now() + $3 FROM due WHERE s.id = due.id
        RETURNING s.id, s.lease, s.owner, s.url, s.secret, s.events, s.workflows, s.agent_ids, s.cursor, s.newest, s.attempts, s.failing_since
        """;

    private const string ReadSql =
        $"""
        SELECT e.seq, e.kind, e.created_at, e.actor, e.reason, w.workflow_uuid, w.name, w.agent_id
        FROM openclaw_system.workflow_events e JOIN openclaw_system.workflow_status w USING (workflow_uuid)
        WHERE e.seq > $1 AND e.seq <= $2 AND {EventFeed.Ended} AND w.owner = $3 AND 'workflow.' || e.kind = ANY ($4)
        AND (cardinality($5) = 0 OR w.name = ANY ($5)) AND (cardinality($6) = 0 OR w.agent_id = ANY ($6)) ORDER BY e.seq LIMIT $7
        """;

    private const string DeliveredSql =
        """
        UPDATE openclaw.subscriptions SET cursor = $3, attempts = 0, failing_since = NULL, last_error = NULL, delivered_at = now()
        WHERE id = $1 AND lease = $2 AND disabled_at IS NULL
        """;

    private const string PassedSql = "UPDATE openclaw.subscriptions SET cursor = $3 WHERE id = $1 AND lease = $2";

    private const string FailedSql =
        """
        UPDATE openclaw.subscriptions SET attempts = attempts + 1, failing_since = coalesce(failing_since, now()), last_error = $3, next_attempt_at = now() + $4,
            disabled_at = CASE WHEN $5 THEN now() END, lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2
        """;

    private const string ReleaseSql = "UPDATE openclaw.subscriptions SET lease = NULL, leased_until = NULL, next_attempt_at = now() WHERE id = $1 AND lease = $2";

    /// <summary>Those that fail have places of their own, so that they delay nobody else.</summary>
    public async Task<List<DueSubscription>> ClaimAsync(int most, bool failing, CancellationToken cancellationToken)
    {
        await using var claim = dataSource.CreateCommand(ClaimSql);
        claim.Parameters.Add(new() { Value = most });
        claim.Parameters.Add(new() { Value = failing });
        claim.Parameters.Add(new() { Value = Lease });
        await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
        var due = new List<DueSubscription>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new DueSubscription(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), new Uri(reader.GetString(3)), reader.GetString(4), reader.GetFieldValue<string[]>(5), reader.GetFieldValue<string[]>(6),
                reader.GetFieldValue<Guid[]>(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt32(10), await reader.IsDBNullAsync(11, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(11)));
        }

        return due;
    }

    /// <summary>The next few that it is to be told of, in order.</summary>
    public async Task<List<RunEnd>> ReadAsync(DueSubscription to, long after, CancellationToken cancellationToken)
    {
        await using var read = dataSource.CreateCommand(ReadSql);
        foreach (var value in new object[] { after, to.Newest, to.Owner, to.Events, to.Workflows, to.AgentIds, Page })
        {
            read.Parameters.Add(new() { Value = value });
        }

        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        var ends = new List<RunEnd>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ends.Add(new RunEnd(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4),
                reader.GetGuid(5), reader.GetString(6), await reader.IsDBNullAsync(7, cancellationToken) ? null : reader.GetGuid(7)));
        }

        return ends;
    }

    /// <summary>False when the lease is lost: somebody else delivers, or it was sent back to an earlier event.</summary>
    public Task<bool> DeliveredAsync(DueSubscription to, long seq, CancellationToken cancellationToken) => WriteAsync(DeliveredSql, to, cancellationToken, new NpgsqlParameter { Value = seq });

    /// <summary>There is nothing more up to the newest.</summary>
    public Task<bool> PassedAsync(DueSubscription to, CancellationToken cancellationToken) => WriteAsync(PassedSql, to, cancellationToken, new NpgsqlParameter { Value = to.Newest });

    public Task<bool> FailedAsync(DueSubscription to, string why, TimeSpan rest, bool gaveUp, CancellationToken cancellationToken) => WriteAsync(
        FailedSql, to, cancellationToken, new NpgsqlParameter { Value = why }, new NpgsqlParameter { Value = rest, NpgsqlDbType = NpgsqlDbType.Interval }, new NpgsqlParameter { Value = gaveUp });

    public Task<bool> ReleaseAsync(DueSubscription to, CancellationToken cancellationToken) => WriteAsync(ReleaseSql, to, cancellationToken);

    private async Task<bool> WriteAsync(string sql, DueSubscription to, CancellationToken cancellationToken, params NpgsqlParameter[] more)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = to.Id });
        command.Parameters.Add(new() { Value = to.Lease });
        command.Parameters.AddRange(more);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
