using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;

namespace OpenClaw.Jobs.Spending;

/// <summary>
/// What models cost. A turn reserves what it may cost before it is asked, and settles what it has cost with its record. Whether
/// there is room for it is decided under a lock on the rows of its budgets, so that turns of several nodes agree.
/// </summary>
public sealed class SpendingLedger(NpgsqlDataSource dataSource, IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Longer than a turn may take. A turn that is asked again renews its reservation; one that never ends, because its process was killed and nobody took it up, holds it until then.</summary>
    public static readonly TimeSpan ReservedFor = TimeSpan.FromMinutes(70);

    private const string ForgetSql = "DELETE FROM openclaw.spending_reservations WHERE agent_id = $1 AND until < now()";

    // In one order, so that nobody waits in a circle.
    private const string LockSql =
        """
        SELECT b.id FROM openclaw.budgets b
        WHERE b.owner = (SELECT user_id FROM openclaw.agents WHERE id = $1) AND (b.agent_id IS NULL OR b.agent_id = $1) AND b.hard IS NOT NULL
        ORDER BY b.id FOR UPDATE
        """;

    // A statement of its own: the one that waits for the lock has looked at the table before, and would not see what the one
    // before it has reserved. What costs nothing is always begun.
    private static readonly string ReserveSql =
        $"""
        WITH asking AS (SELECT id, name, user_id AS owner FROM openclaw.agents WHERE id = $1),
        price AS ({SpendingSql.PriceOf("$2")}),
        wanted AS (SELECT (SELECT ceil(($4::numeric * greatest(input, cached_input) + $5::numeric * output) / 1000000)::bigint FROM price) AS amount),
        held AS (
            SELECT b.id, b.agent_id, b.period, b.hard, b.updated_at, {SpendingSql.Start} AS start, {SpendingSql.Used} AS used, {SpendingSql.Reserved("$3")} AS reserved
            FROM openclaw.budgets b JOIN asking ON b.owner = asking.owner AND (b.agent_id IS NULL OR b.agent_id = asking.id)
            WHERE b.hard IS NOT NULL
        ),
        refusal AS (
            SELECT held.* FROM held, wanted
            WHERE wanted.amount IS NULL OR (wanted.amount > 0 AND used + reserved + wanted.amount > hard)
            ORDER BY hard - used - reserved LIMIT 1
        ),
        reserved AS (
            INSERT INTO openclaw.spending_reservations (turn_key, owner, agent_id, model, amount, until)
            SELECT $3, asking.owner, asking.id, $2, coalesce(wanted.amount, 0), now() + $6 FROM asking, wanted WHERE NOT EXISTS (SELECT FROM refusal)
            ON CONFLICT (turn_key) DO UPDATE SET model = excluded.model, amount = excluded.amount, until = excluded.until
        )
        SELECT EXISTS (SELECT FROM held), wanted.amount, asking.name, asking.owner, refusal.agent_id, refusal.period, refusal.hard, refusal.used, refusal.reserved,
            refusal.id, refusal.updated_at, refusal.start
        FROM asking CROSS JOIN wanted LEFT JOIN refusal ON true
        """;

    // Each answer is rounded to the micro-unit for itself.
    private static readonly string SettleSql =
        $$"""
        WITH price AS ({{SpendingSql.PriceOf("{0}")}}),
        released AS (DELETE FROM openclaw.spending_reservations WHERE turn_key = {1})
        INSERT INTO openclaw.spending
            (turn_key, day, owner, agent_id, model, kind, input_tokens, cached_input_tokens, output_tokens, amount, price_model, price_from)
        SELECT {2}, {{SpendingSql.Today}}, coalesce((SELECT user_id FROM openclaw.agents WHERE id = {3}), {4}), {3}, {0}, {5}, {6}, {7}, {8},
            coalesce(round((({6} - {7})::numeric * price.input + {7}::numeric * price.cached_input + {8}::numeric * price.output) / 1000000), 0), price.model, price.valid_from
        FROM (VALUES (1)) AS one LEFT JOIN price ON true
        ON CONFLICT (turn_key) DO NOTHING
        """;

    /// <summary>Holds what the turn may cost.</summary>
    /// <returns>Whether a hard budget is over it, so that it must keep to what it has reserved.</returns>
    /// <exception cref="BudgetReachedException">A hard budget might break, or its model has no price and there is one.</exception>
    public async Task<bool> ReserveAsync(Guid agentId, string model, string turnKey, TurnMost most, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetSql) { Parameters = { new() { Value = agentId } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql) { Parameters = { new() { Value = agentId } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReserveSql)
        {
            Parameters =
            {
                new() { Value = agentId }, new() { Value = model }, new() { Value = turnKey },
                new() { Value = most.InputTokens }, new() { Value = most.OutputTokens }, new() { Value = ReservedFor },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        // The first statement returns nothing, the second one what is locked.
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (!reader.IsDBNull(6))
        {
            throw RefusalIn(reader, model).ToException();
        }

        return reader.GetBoolean(0);
    }

    /// <summary>Writes down what a turn has cost, and gives back what was held for it. A turn that is written down already is not written again.</summary>
    /// <param name="spent">What it took.</param>
    /// <param name="db">Of the transaction that records the turn.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task SettleAsync(Spent spent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var key = spent.IsBesides ? $"{spent.TurnKey}:{Guid.NewGuid():N}" : spent.TurnKey;
        var cached = Math.Min(spent.Usage.CachedInputTokens, spent.Usage.InputTokens);
        return db.Database.ExecuteSqlRawAsync(
            SettleSql,
            [
                Text(spent.Model), Text(spent.TurnKey), Text(key), new NpgsqlParameter { Value = (object?)spent.AgentId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                Text(spent.Owner), Text(EnumText.ToLower(spent.Kind)), Number(spent.Usage.InputTokens), Number(cached), Number(spent.Usage.OutputTokens),
            ],
            cancellationToken);
    }

    /// <summary>The same, in a transaction of its own.</summary>
    public async Task SettleAsync(Spent spent, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await SettleAsync(spent, db, cancellationToken);
    }

    /// <summary>Gives back what was held for a turn that has ended without an answer.</summary>
    public async Task ReleaseAsync(string turnKey, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SpendingReservations.Where(reservation => reservation.TurnKey == turnKey).ExecuteDeleteAsync(cancellationToken);
    }

    private static BudgetRefusal RefusalIn(NpgsqlDataReader reader, string model) => new(
        reader.GetString(2), reader.GetString(3), !reader.IsDBNull(4), EnumText.Parse<BudgetPeriod>(reader.GetString(5)),
        reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.IsDBNull(1) ? null : reader.GetInt64(1), model,
        reader.GetGuid(9), reader.GetFieldValue<DateTimeOffset>(10), reader.GetFieldValue<DateOnly>(11));

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Number(long value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
