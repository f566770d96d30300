using Npgsql;
using NpgsqlTypes;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Says who is due, gives leases, and keeps what came of each attempt. What a lost lease says changes nothing.</summary>
internal sealed class DeliveryLedger(NpgsqlDataSource dataSource)
{
    /// <summary>Longer than one node delivers in a row, with the last attempt.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>Events that are read at once to be posted.</summary>
    public const int Page = 20;

    private const string ClaimSql =
        """
        WITH due AS (
            SELECT id FROM openclaw.subscriptions WHERE disabled_at IS NULL AND newest > cursor AND next_attempt_at <= now()
            AND (leased_until IS NULL OR leased_until < now()) AND (attempts > 0) = $2 ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED
        )
        UPDATE openclaw.subscriptions s SET lease = gen_random_uuid(), leased_until = now() + $3 FROM due WHERE s.id = due.id
        RETURNING s.id, s.lease, s.owner, s.url, s.secret, s.events, s.workflows, s.agent_ids, s.cursor, s.newest, s.attempts, s.failing_since,
            CASE WHEN s.former_secret_until > now() THEN s.former_secret END
        """;

    private const string ReadSql =
        $"""
        SELECT e.seq, e.type, e.created_at, e.agent_id, e.workflow_uuid, e.name, e.actor, e.reason, e.notice, e.text
        FROM {EventFeed.Events} e WHERE e.seq > $1 AND e.seq <= $2 AND e.owner = $3 AND e.type = ANY ($4)
        AND (cardinality($5) = 0 OR e.name IS NULL OR e.name = ANY ($5)) AND (cardinality($6) = 0 OR e.agent_id = ANY ($6)) ORDER BY e.seq LIMIT $7
        """;

    private const string DeliveredSql =
        """
        UPDATE openclaw.subscriptions SET cursor = $3, attempts = 0, failing_since = NULL, last_error = NULL, delivered_at = now()
        WHERE id = $1 AND lease = $2 AND disabled_at IS NULL
        """;

    // Of those put aside the oldest are forgotten first.
    private const string RefusedSql =
        """
        UPDATE openclaw.subscriptions SET cursor = $3, attempts = 0, failing_since = NULL, last_error = $4, refused = (refused || $3)[greatest(1, cardinality(refused) - 998):]
        WHERE id = $1 AND lease = $2 AND disabled_at IS NULL
        """;

    private const string PassedSql = "UPDATE openclaw.subscriptions SET cursor = $3 WHERE id = $1 AND lease = $2";

    private const string FailedSql =
        """
        UPDATE openclaw.subscriptions SET attempts = attempts + 1, failing_since = coalesce(failing_since, now()), last_error = $3, next_attempt_at = now() + $4,
            disabled_at = CASE WHEN $5 THEN now() END, lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2
        """;

    private const string ReleaseSql = "UPDATE openclaw.subscriptions SET lease = NULL, leased_until = NULL, next_attempt_at = now() + $3 WHERE id = $1 AND lease = $2";

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
                reader.GetFieldValue<Guid[]>(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt32(10), await reader.IsDBNullAsync(11, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(11))
            {
                FormerSecret = await reader.IsDBNullAsync(12, cancellationToken) ? null : reader.GetString(12),
            });
        }

        return due;
    }

    /// <summary>The next few that it is to be told of, in order.</summary>
    public async Task<List<SubscribedEvent>> ReadAsync(DueSubscription to, long after, int most, CancellationToken cancellationToken)
    {
        await using var read = dataSource.CreateCommand(ReadSql);
        foreach (var value in new object[] { after, to.Newest, to.Owner, to.Events, to.Workflows, to.AgentIds, most })
        {
            read.Parameters.Add(new() { Value = value });
        }

        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        var events = new List<SubscribedEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new SubscribedEvent(
                reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetGuid(3),
                reader.IsDBNull(4) ? null : new RunEnd(reader.GetGuid(4), reader.GetString(5), reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7)),
                reader.IsDBNull(8) ? null : new SentNotice(reader.GetGuid(8), reader.GetString(9))));
        }

        return events;
    }

    /// <summary>False when the lease is lost: somebody else delivers, or it was sent back to an earlier event.</summary>
    public Task<bool> DeliveredAsync(DueSubscription to, long seq, CancellationToken cancellationToken) => WriteAsync(DeliveredSql, to, cancellationToken, new NpgsqlParameter { Value = seq });

    /// <summary>The target will not have this one: it is put aside, and the next one's turn has come.</summary>
    public Task<bool> RefusedAsync(DueSubscription to, long seq, string why, CancellationToken cancellationToken) =>
        WriteAsync(RefusedSql, to, cancellationToken, new NpgsqlParameter { Value = seq }, new NpgsqlParameter { Value = why });

    /// <summary>There is nothing more up to the newest.</summary>
    public Task<bool> PassedAsync(DueSubscription to, CancellationToken cancellationToken) => WriteAsync(PassedSql, to, cancellationToken, new NpgsqlParameter { Value = to.Newest });

    public Task<bool> FailedAsync(DueSubscription to, string why, TimeSpan rest, bool gaveUp, CancellationToken cancellationToken) => WriteAsync(
        FailedSql, to, cancellationToken, new NpgsqlParameter { Value = why }, new NpgsqlParameter { Value = rest, NpgsqlDbType = NpgsqlDbType.Interval }, new NpgsqlParameter { Value = gaveUp });

    /// <summary>Gives the lease back.</summary>
    /// <param name="to">Of whom.</param>
    /// <param name="rest">What is owed still is not sent before that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> ReleaseAsync(DueSubscription to, TimeSpan rest, CancellationToken cancellationToken) =>
        WriteAsync(ReleaseSql, to, cancellationToken, new NpgsqlParameter { Value = rest, NpgsqlDbType = NpgsqlDbType.Interval });

    private async Task<bool> WriteAsync(string sql, DueSubscription to, CancellationToken cancellationToken, params NpgsqlParameter[] more)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = to.Id });
        command.Parameters.Add(new() { Value = to.Lease });
        command.Parameters.AddRange(more);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
