using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Notices;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Notices;

/// <summary>What owners were told, and what they want to be told.</summary>
public sealed class NoticeService(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    /// <param name="standing">Null for all.</param>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="caller">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<Message>> ListAsync(NoticeStanding? standing, Guid? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var notices = db.Messages.AsNoTracking().Where(MessageKinds.IsNotice).Where(message => message.Owner == caller.Owner);
        notices = standing switch
        {
            NoticeStanding.Waiting => notices.Where(notice => notice.State == EF.Constant(MessageState.Accepted) || notice.State == EF.Constant(MessageState.Parked)),
            NoticeStanding.Delivered => notices.Where(notice => notice.State == EF.Constant(MessageState.Delivered)),
            NoticeStanding.Dead when Uuid7.Floor(time.GetUtcNow() - MessageKinds.DeadShownFor) is var first => notices.Where(notice => notice.State == EF.Constant(MessageState.Dead) && notice.Id >= first),
            _ => notices,
        };
        if (before is { } last)
        {
            notices = notices.Where(notice => notice.Id < last);
        }

        return await notices.OrderByDescending(notice => notice.Id).Take(limit).ToListAsync(cancellationToken);
    }

    public async Task<NoticeRules> RulesAsync(string owner, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.NoticeRules.AsNoTracking().SingleOrDefaultAsync(rules => rules.Owner == owner, cancellationToken) ?? new NoticeRules { Owner = owner };
    }

    /// <summary>Keeps the owner's rules, or says what is wrong with them.</summary>
    public async Task<Decision<NoticeRules>> SetRulesAsync(NoticeRulesDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var decision = draft.Check(caller.Owner);
        if (decision is Decision<NoticeRules>.Accepted { Value: var rules })
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var before = await db.NoticeRules.AsNoTracking().SingleOrDefaultAsync(row => row.Owner == rules.Owner, cancellationToken) ?? new NoticeRules { Owner = rules.Owner };
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO openclaw.notification_rules (owner, events, quiet_from, quiet_until, time_zone, digest_after, muted_until)
                VALUES ({rules.Owner}, {rules.Events}, {rules.QuietFrom}, {rules.QuietUntil}, {rules.TimeZone}, {rules.DigestAfter}, {rules.MutedUntil})
                ON CONFLICT (owner) DO UPDATE SET events = excluded.events, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                    time_zone = excluded.time_zone, digest_after = excluded.digest_after, muted_until = excluded.muted_until
                """,
                cancellationToken);
            db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "notices.rules", Subject = Addresses.OfOwner(caller.Owner), Change = AuditChange.Between(before, rules) });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return decision;
    }

    /// <summary>Tells the owner nothing until then, and afterwards what happened; null tells it now.</summary>
    public async Task MuteAsync(DateTimeOffset? until, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.notification_rules (owner, time_zone, digest_after, muted_until) VALUES ({caller.Owner}, 'UTC', {NoticeRules.DefaultDigestAfter}, {until})
            ON CONFLICT (owner) DO UPDATE SET muted_until = excluded.muted_until
            """,
            cancellationToken);
        var detail = until is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end:yyyy-MM-dd HH:mm} UTC") : "no more";
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "notices.mute", Subject = Addresses.OfOwner(caller.Owner), Detail = detail });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
