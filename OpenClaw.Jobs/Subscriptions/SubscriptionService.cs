using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Data.Subscriptions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Makes subscriptions, ends them, and sends them back to an earlier event.</summary>
public sealed partial class SubscriptionService(IDbContextFactory<OpenClawDbContext> contexts, AgentQueries agents, WorkflowCatalog workflows, SubscriptionSettings settings, ISubscriptionSecrets secrets)
{
    /// <summary>Of an owner.</summary>
    public const int Most = 10_000;

    private const int SecretBytes = 32;

    private const string ReplaySql =
        $$"""
        UPDATE openclaw.subscriptions s SET attempts = 0, failing_since = NULL, disabled_at = NULL, next_attempt_at = now(), lease = NULL, leased_until = NULL,
            cursor = least(s.cursor, coalesce((SELECT min(e.seq) - 1 FROM {{EventFeed.Events}} e WHERE e.owner = s.owner AND e.created_at >= {2}), s.cursor))
        WHERE s.id = {0} AND s.owner = {1}
        """;

    /// <summary>In the order in which they were made.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="caller">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Subscription>> ListAsync(Guid? after, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Subscriptions.AsNoTracking().Where(row => row.Owner == caller.Owner && (after == null || row.Id > after)).OrderBy(row => row.Id).Take(limit).ToListAsync(cancellationToken);
    }

    public async Task<Decision<Subscription>> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == caller.Owner, cancellationToken) is { } found ? found : NotFound(id);
    }

    /// <summary>Makes one for what happens from now on; the secret that is returned with it is told this once.</summary>
    public async Task<Decision<(Subscription Subscription, string Secret)>> CreateAsync(SubscriptionDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        if (draft.Check(isChange: false, KnownWorkflows, settings.Hosts) is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Subscriptions.CountAsync(row => row.Owner == caller.Owner, cancellationToken) >= Most)
        {
            return new Refusal.Conflict("too_many_subscriptions", $"There are {Most} subscriptions; delete one that is not needed any more.");
        }

        var ids = (draft.Agents ?? []).Distinct().ToArray();
        if (await agents.WhyNotOfAsync(caller.Owner, ids, cancellationToken) is { } foreign)
        {
            return foreign;
        }

        var secret = NewSecret();
        var position = await db.EventPositions.Select(row => row.Position).SingleAsync(cancellationToken);
        var made = new Subscription
        {
            Id = Guid.CreateVersion7(),
            Owner = caller.Owner,
            Url = draft.Url!,
            Description = draft.Description is { Length: > 0 } words ? words : null,
            Secret = secrets.Protect(secret),
            Events = draft.EventTypes,
            Workflows = draft.WorkflowNames,
            AgentIds = ids,
            Cursor = position,
            Newest = position,
            CreatedBy = caller.Actor,
        };
        db.Subscriptions.Add(made);
        Audit(db, caller, "subscription.create", made.Id, $"{new Uri(made.Url).Host}: {string.Join(", ", made.Events)}");
        await db.SaveChangesAsync(cancellationToken);
        await HaveLookedAsync(db, made.Id, cancellationToken);
        return (await db.Subscriptions.AsNoTracking().SingleAsync(row => row.Id == made.Id, cancellationToken), secret);
    }

    /// <summary>Sends what happened since a time once more, or goes on where a subscription stands that was given up.</summary>
    /// <param name="id">Which.</param>
    /// <param name="from">Since when; null for where it stands.</param>
    /// <param name="caller">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Decision<Subscription>> ReplayAsync(Guid id, DateTimeOffset? from, Caller caller, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Whoever delivers now loses the lease: what it says later would move the cursor on.
            var sent = await db.Database.ExecuteSqlRawAsync(
                ReplaySql, [id, caller.Owner, new NpgsqlParameter { Value = (object?)from?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }], cancellationToken);
            if (sent == 0)
            {
                return NotFound(id);
            }

            Audit(db, caller, "subscription.replay", id, from is { } since ? $"since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : null);
            await db.SaveChangesAsync(cancellationToken);
            await HaveLookedAsync(db, id, cancellationToken);
        }

        return await FindAsync(id, caller, cancellationToken);
    }

    /// <summary>Ends it; what is under way to its target may still arrive.</summary>
    public async Task<Decision<Subscription>> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == caller.Owner, cancellationToken) is not { } found)
        {
            return NotFound(id);
        }

        if (IsMail(found))
        {
            return OfSetting;
        }

        db.Subscriptions.Remove(found);
        Audit(db, caller, "subscription.delete", id, new Uri(found.Url).Host);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotFound(id);
        }

        return found;
    }

    // The feed, in a statement that began before, has not seen the row as it is now: waited for here, and looked through again.
    private static Task<int> HaveLookedAsync(OpenClawDbContext db, Guid id, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        WITH here AS (SELECT position FROM openclaw.event_positions WHERE source = 'workflows' FOR SHARE)
        UPDATE openclaw.subscriptions s SET newest = greatest(s.newest, here.position) FROM here WHERE s.id = {id}
        """,
        cancellationToken);

    private IReadOnlyList<string> KnownWorkflows => [.. workflows.All.Select(workflow => workflow.Name).Distinct().Order(StringComparer.Ordinal)];

    private static string NewSecret() => WebhookSender.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    private static Refusal.NotFound NotFound(Guid id) => new("subscription_not_found", $"There is no subscription {id}.");

    private static void Audit(OpenClawDbContext db, Caller caller, string action, Guid id, string? detail) =>
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = action, Subject = $"subscription:{id}", Detail = detail });
}
