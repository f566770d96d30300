using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using OpenClaw.Data.Security;
using OpenClaw.Data.Subscriptions;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Subscriptions;

public sealed partial class SubscriptionService
{
    /// <summary>How long deliveries are signed with the secret before the newest one too.</summary>
    public static readonly TimeSpan FormerSecretHolds = TimeSpan.FromHours(24);

    /// <summary>Changes what the draft names. Of what is changed, what happens from now on is told, and what is still owed.</summary>
    public async Task<Decision<Subscription>> UpdateAsync(Guid id, SubscriptionDraft change, Caller caller, CancellationToken cancellationToken)
    {
        if (change.Check(isChange: true, KnownWorkflows, settings.Hosts) is { } wrong)
        {
            return wrong;
        }

        var ids = change.Agents?.Distinct().ToArray();
        if (ids is not null && await agents.WhyNotOfAsync(caller.Owner, ids, cancellationToken) is { } foreign)
        {
            return foreign;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Before the row, as the feed does: they would wait for each other for ever.
        var position = await db.Database.SqlQuery<long>($"""SELECT position AS "Value" FROM openclaw.event_positions WHERE source = 'workflows' FOR SHARE""").SingleAsync(cancellationToken);
        var now = await db.Database.SqlQuery<DateTimeOffset>($"""SELECT now() AS "Value" """).SingleAsync(cancellationToken);
        var row = db.Subscriptions.Where(row => row.Id == id && row.Owner == caller.Owner);
        if (await row.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } before)
        {
            return NotFound(id);
        }

        if (change.Url is not null && IsMail(before))
        {
            return OfSetting;
        }

        await row.ExecuteUpdateAsync(
            set =>
            {
                // Whoever delivers now has read what is changed here, and loses the lease.
                set.SetProperty(each => each.Lease, (Guid?)null).SetProperty(each => each.LeasedUntil, (DateTimeOffset?)null);
                Apply(set, change, ids, position, now);
            },
            cancellationToken);
        var after = await row.AsNoTracking().SingleAsync(cancellationToken);
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "subscription.update", Subject = $"subscription:{id}", Change = AuditChange.Between(Told(before), Told(after)) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await HaveLookedAsync(db, id, cancellationToken);
        return await FindAsync(id, caller, cancellationToken);
    }

    /// <summary>Gives it a new secret, which is told this once; with the one before deliveries are signed too, for a day.</summary>
    public async Task<Decision<(Subscription Subscription, string Secret)>> RotateAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var secret = NewSecret();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw.subscriptions SET former_secret = secret, former_secret_until = now() + {FormerSecretHolds}, secret = {secrets.Protect(secret)}
            WHERE id = {id} AND owner = {caller.Owner} AND url NOT LIKE 'mailto:%'
            """,
            cancellationToken);
        if (changed == 0)
        {
            return await db.Subscriptions.AnyAsync(row => row.Id == id && row.Owner == caller.Owner, cancellationToken)
                ? new Refusal.Conflict("not_signed", "E-mails are not signed, so there is no secret to replace.")
                : NotFound(id);
        }

        Audit(db, caller, "subscription.rotate", id, null);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (await db.Subscriptions.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken), secret);
    }

    private static Refusal.Conflict OfSetting => new("set_by_setting", "It is there because ALERT_EMAIL_TO names its address: change that, or switch it off with enabled: false.");

    private static bool IsMail(Subscription row) => Mail.MailSubscriptions.Is(new Uri(row.Url));

    private static void Apply(UpdateSettersBuilder<Subscription> set, SubscriptionDraft change, Guid[]? ids, long position, DateTimeOffset now)
    {
        if (change.Url is { } url)
        {
            set.SetProperty(each => each.Url, url);
        }

        if (change.Events is not null)
        {
            set.SetProperty(each => each.Events, change.EventTypes);
        }

        if (change.Workflows is not null)
        {
            set.SetProperty(each => each.Workflows, change.WorkflowNames);
        }

        if (ids is not null)
        {
            set.SetProperty(each => each.AgentIds, (IReadOnlyList<Guid>)ids);
        }

        if (change.Description is { } words)
        {
            set.SetProperty(each => each.Description, words.Length == 0 ? null : words);
        }

        if (change.Enabled is { } enabled)
        {
            set.SetProperty(each => each.DisabledAt, each => enabled ? null : each.DisabledAt ?? now);
        }

        if (change.Url is not null || change.Enabled is true)
        {
            set.SetProperty(each => each.Attempts, 0).SetProperty(each => each.FailingSince, (DateTimeOffset?)null).SetProperty(each => each.NextAttemptAt, now);
        }

        if ((change.Events ?? change.Workflows) is not null || ids is not null)
        {
            // What has passed it by is not told because it wants to hear more from now on.
            set.SetProperty(each => each.Cursor, each => each.Newest <= each.Cursor ? position : each.Cursor);
            set.SetProperty(each => each.Newest, each => each.Newest <= each.Cursor ? position : each.Newest);
        }
    }

    // An address may hold what lets somebody in, so its host alone is told.
    private static object Told(Subscription row) => new
    {
        new Uri(row.Url).Host,
        row.Events,
        row.Workflows,
        row.AgentIds,
        row.Description,
        Enabled = row.DisabledAt is null,
    };
}
