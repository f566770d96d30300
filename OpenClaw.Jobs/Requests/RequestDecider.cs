using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Requests;

/// <summary>
/// Makes a decision in one transaction: application rows, ledger rows, Hangfire jobs, audit and the caller's idempotency
/// key commit together or not at all. A key that was used before answers with what was decided then.
/// </summary>
public sealed class RequestDecider(IDbContextFactory<OpenClawDbContext> contexts)
{
    // The insert comes first and waits for a concurrent holder of the key to commit; there is no gap between a check
    // and a write for a second request to slip through.
    private const string TakeKeySql =
        """
        INSERT INTO openclaw.idempotency_keys (owner, key, fingerprint, decision) VALUES ({0}, {1}, {2}, 'null')
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Runs <paramref name="decide"/>, saves, and commits if it accepts.</summary>
    public async Task<Decision<T>> DecideAsync<T>(
        RequestKey? key, Func<OpenClawDbContext, Task<Decision<T>>> decide, CancellationToken cancellationToken)
        where T : notnull
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (key is not null && !await TakeAsync(db, key, cancellationToken))
        {
            return await ReplayAsync<T>(db, key, cancellationToken);
        }

        var decision = await decide(db);
        if (decision is Decision<T>.Accepted accepted)
        {
            await db.SaveChangesAsync(cancellationToken);
            await RecordAsync(db, key, accepted.Value, cancellationToken);
            transaction.Complete();
        }

        return decision;
    }

    private static async Task<bool> TakeAsync(OpenClawDbContext db, RequestKey key, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlRawAsync(TakeKeySql, [key.Owner, key.Key, key.Fingerprint], cancellationToken) == 1;

    private static async Task<Decision<T>> ReplayAsync<T>(OpenClawDbContext db, RequestKey key, CancellationToken cancellationToken)
        where T : notnull
    {
        var earlier = await Rows(db, key).AsNoTracking().SingleAsync(cancellationToken);
        return earlier.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint)
            ? JsonSerializer.Deserialize<T>(earlier.Decision, WorkflowJson.Options)!
            : new Refusal.KeyReused(key.Key);
    }

    private static async Task RecordAsync<T>(OpenClawDbContext db, RequestKey? key, T value, CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            var decision = JsonSerializer.Serialize(value, WorkflowJson.Options);
            await Rows(db, key).ExecuteUpdateAsync(set => set.SetProperty(row => row.Decision, decision), cancellationToken);
        }
    }

    private static IQueryable<IdempotencyKey> Rows(OpenClawDbContext db, RequestKey key) =>
        db.IdempotencyKeys.Where(row => row.Owner == key.Owner && row.Key == key.Key);
}
